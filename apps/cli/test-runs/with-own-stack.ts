import { rmSync } from 'node:fs';
import { apiSecrets, operatorKey, serviceEnvironment, toolEnvironment } from '../../../infra/stack/services/service-environment';
import { startStack, stopStack } from '../../../infra/stack/stack';
import { defaultHomeFolder, openStackHome, type StackHome } from '../../../infra/stack/home/stack-home';
import { findTools } from '../../../infra/stack/tools/find-tools';
import type { ToolName } from '../../../infra/stack/tools/tool-table';
import { say, secondsSince } from '../terminal/say';

/** Runs `work` against a fresh stack that is gone afterwards, whatever happens. Its logs stay. */
export async function withOwnStack(
  home: StackHome,
  tools: readonly ToolName[],
  work: (environment: Record<string, string>) => Promise<number>,
): Promise<number> {
  const quiet = { say, advance: () => undefined };
  await stopStack(home, quiet);
  rmSync(home.folder, { recursive: true, force: true });
  openStackHome(home.folder);
  try {
    const startedAt = performance.now();
    const { context, endpoints } = await startStack(home, quiet);
    say(`the stack in ${home.folder} is up after ${secondsSince(startedAt)}`);
    const environment = {
      ...serviceEnvironment(context),
      ...toolEnvironment(await findTools(tools, { folder: defaultHomeFolder(), environment: process.env, say })),
      ...apiSecrets(context),
      SPROCKET_API_URL: endpoints.api_url,
      SPROCKET_API_KEY: operatorKey(home),
      SPROCKET_HOME: home.folder,
    };
    return await work(environment);
  } finally {
    await stopStack(home, quiet);
  }
}
