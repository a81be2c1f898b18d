import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { chooseApi } from './connection/choose-api';
import { configFile, readConfigFile, type KnownApi } from './connection/config-file';
import { embeddedStack } from './connection/embedded-stack';
import type { SprocketSettings } from './connection/sprocket-settings';
import { Output } from './terminal/output';

/** A person waits: an API that is down is told soon. An upload under way waits for its return. */
const PATIENCE_MS = 2_000;
const UPLOAD_PATIENCE_MS = 120_000;

/** Options that every command takes. */
export interface GlobalOptions {
  json?: boolean;
  url?: string;
}

/** What a command has to do with: the API, the terminal, the settings. */
export class Session {
  readonly out: Output;

  constructor(
    readonly environment: NodeJS.ProcessEnv,
    readonly settings: SprocketSettings,
    private readonly options: GlobalOptions,
    readonly stdout: NodeJS.WriteStream,
  ) {
    const isTerminal = stdout.isTTY === true;
    const hasColour = isTerminal && settings.NO_COLOR === undefined && !options.json;
    this.out = new Output(stdout, { isJson: options.json === true, hasColour, isTerminal });
  }

  /** The API of this command. Throws `ConfigError` when no address is known. */
  get api(): KnownApi {
    const { SPROCKET_URL: url, SPROCKET_API_KEY: apiKey, SPROCKET_HOME: home } = this.settings;
    return chooseApi({
      flag: this.options.url,
      environment: { url, apiKey },
      file: readConfigFile(configFile(this.settings)),
      stack: embeddedStack(home),
    });
  }

  get client(): SprocketClient {
    return new SprocketClient({ ...this.api, patienceMs: PATIENCE_MS });
  }

  /** A client that outlasts a restart of the API. */
  get patientClient(): SprocketClient {
    return new SprocketClient({ ...this.api, patienceMs: UPLOAD_PATIENCE_MS });
  }
}
