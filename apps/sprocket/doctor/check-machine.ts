import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { checkTools } from '../../../activities/media-tools/check-tools';
import { thisMachine } from '../../../infra/machine/machine';
import { isPortFree, PORT_PREFERENCES, type PortName } from '../../../infra/stack/home/ports';
import { defaultHomeFolder, openStackHome } from '../../../infra/stack/home/stack-home';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { inspectStack } from '../../../infra/stack/stack';
import { lookForTool } from '../../../infra/stack/tools/find-tools';
import { STACK_TOOLS, type ToolName } from '../../../infra/stack/tools/tool-table';
import { fault, ok, warning, type Finding } from './finding';
import { judgeMachine, judgeNode, judgePort } from './judge';

type Environment = NodeJS.ProcessEnv;

/** What this machine has for the embedded stack and for workers. Installs and changes nothing. */
export async function checkMachine(environment: Environment, homeFolder = defaultHomeFolder()): Promise<Finding[]> {
  const home = openStackHome(homeFolder);
  const [tools, ports, machine] = await Promise.all([
    checkBinaries(environment),
    checkPorts(homeFolder),
    thisMachine(home.data('scratch')),
  ]);
  return [judgeNode(process.versions.node, nodeEngine()), ...tools, ...ports, ...judgeMachine(machine)];
}

/** The range of Node that this project runs on. */
function nodeEngine(): string {
  const text = readFileSync(join(projectRoot(), 'package.json'), 'utf8');
  return z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(text)).engines.node;
}

async function checkBinaries(environment: Environment): Promise<Finding[]> {
  const paths: Partial<Record<ToolName, string>> = {};
  const found = await Promise.all(
    STACK_TOOLS.map(async (name) => {
      try {
        const tool = await lookForTool(name, { folder: defaultHomeFolder(), environment, say: () => undefined });
        if (tool === null) return warning(name, 'not here', 'Run "npm run up": it installs what is missing.');
        paths[name] = tool.path;
        return ok(name, tool.version.slice(0, 12));
      } catch (error) {
        return fault(name, 'does not run', sentence(error));
      }
    }),
  );
  return [...found, await checkEncoders(paths)];
}

/** Every family is encoded for a moment: a build may list an encoder that does not work. */
async function checkEncoders({ ffmpeg, ffprobe, packager }: Partial<Record<ToolName, string>>): Promise<Finding> {
  if (!ffmpeg || !ffprobe || !packager) return warning('encoders', 'not tried without the tools above', 'Install them first.');
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-doctor-'));
  try {
    await checkTools({ ffmpeg, ffprobe, packager }, ['transcode-cpu'], { folder });
    return ok('encoders', 'H.264, HEVC, AV1 and VP9 encode');
  } catch (error) {
    return fault('encoders', sentence(error), 'Name another build of ffmpeg in FFMPEG_PATH, or unset it to take the pinned one.');
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function checkPorts(homeFolder: string): Promise<Finding[]> {
  const services = await inspectStack(openStackHome(homeFolder));
  const ours = new Set(services.flatMap(({ ports }) => Object.values(ports)));
  const wellKnown = Object.entries(PORT_PREFERENCES).filter(
    (entry): entry is [PortName, NonNullable<(typeof entry)[1]>] => entry[1] !== null,
  );
  return Promise.all(
    wellKnown.map(async ([name, port]) => judgePort(name, port, { isFree: await isPortFree(port), isOurs: ours.has(port) })),
  );
}

function sentence(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
