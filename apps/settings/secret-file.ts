import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error';

/** A secret that lies in a file and is read anew whenever it is needed, so that one which is replaced needs no restart. */
export class SecretFile {
  #last: string;

  /** Throws {@link ConfigError} naming `variable` when the file cannot be read or holds nothing. */
  constructor(
    variable: string,
    private readonly path: string,
  ) {
    const text = this.#fromFile();
    if (!text) throw unusable(variable, 'the file cannot be read, or is empty');
    this.#last = text;
  }

  /** The first line now; the one before while the file is away or empty, as in the moment of its replacement. */
  reveal(): string {
    this.#last = this.#fromFile() || this.#last;
    return this.#last;
  }

  #fromFile(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8').split(/\r?\n/, 1)[0];
    } catch {
      return undefined;
    }
  }
}

/** The content of a file that a variable names. Throws {@link ConfigError} without the path. */
export function readNamedFile(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw unusable(variable, 'the file cannot be read', cause);
  }
}

/** A PEM file with a certificate, or with several. TLS would leave other text out without a word. Throws {@link ConfigError}. */
export function readCertificates(variable: string, path: string): Buffer {
  return readPem(variable, path, { holds: 'certificate', parse: (text) => new X509Certificate(text) });
}

/** A PEM file with a private key that needs no passphrase. Throws {@link ConfigError}. */
export function readPrivateKey(variable: string, path: string): Buffer {
  return readPem(variable, path, { holds: 'private key', parse: (text) => createPrivateKey(text) });
}

function readPem(variable: string, path: string, { holds, parse }: { holds: string; parse: (text: Buffer) => unknown }): Buffer {
  const text = readNamedFile(variable, path);
  try {
    parse(text);
  } catch {
    // The parser's own error may quote the file.
    throw unusable(variable, `the file holds no ${holds} in PEM`);
  }
  return text;
}

/** An error in the form of those that schemas find. */
export function unusable(variable: string, problem: string, cause?: unknown): ConfigError {
  return new ConfigError(`The environment is not usable:\n  ${variable}: ${problem}`, { cause });
}

/** For the error of a folder that a variable names: throws a {@link ConfigError} in its place. */
export function refuseFolder(variable: string): (cause: unknown) => never {
  return (cause) => {
    throw unusable(variable, 'must be a folder that this process may make and write', cause);
  };
}
