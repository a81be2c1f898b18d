import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runTool, type ToolResult, type ToolRun } from '../../activities/media-tools/run-tool';

/** The results of a tool: the files it wrote below its working folder, and its output. */
interface Take {
  result: ToolResult;
  files: { name: string; bytes: Buffer }[];
}

/** Loopback addresses of sources are random. */
const SOURCE_URL = /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/g;

/**
 * Runs each command of media tools once and plays it back from then on: the same files with the same bytes appear in the
 * working folder, without a process. Commands are told apart by tool and arguments; folders and addresses do not count.
 * Takes are kept in a folder that processes share.
 */
export class ToolRecording {
  private readonly takes = new Map<string, Take>();

  constructor(private readonly folder: string) {}

  readonly run = async (run: ToolRun): Promise<ToolResult> => {
    const key = keyOf(run);
    const take = this.takes.get(key) ?? (await this.load(key)) ?? (await this.record(run));
    this.takes.set(key, take);
    await Promise.all(take.files.map((file) => place(join(run.cwd ?? '', file.name), file.bytes)));
    return take.result;
  };

  private async load(key: string): Promise<Take | null> {
    try {
      const { result, files } = JSON.parse(await readFile(join(this.folder, key), 'utf8')) as Omit<Take, 'files'> & {
        files: { name: string; base64: string }[];
      };
      return { result, files: files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, 'base64') })) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private async record(run: ToolRun): Promise<Take> {
    const cwd = run.cwd ?? '';
    const before = await filesBelow(cwd);
    const result = await runTool(run);
    const changed = [...(await filesBelow(cwd))].filter(([name, changedAtMs]) => before.get(name) !== changedAtMs);
    // Tools of one task run side by side in one folder; each has its own files in its arguments.
    const written = changed.filter(([name]) => isNamedBy(run.args, name));
    const files = await Promise.all(written.map(async ([name]) => ({ name, bytes: await readFile(join(cwd, name)) })));
    // A tool that is played back takes no time.
    const silent = { ...result, cpuMs: 0, wallMs: 0 };
    const saved = { result: silent, files: files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })) };
    await writeFile(join(this.folder, keyOf(run)), JSON.stringify(saved));
    return { result: silent, files };
  }
}

function keyOf({ tool, args, cwd = '' }: ToolRun): string {
  const command = JSON.stringify([basename(tool), ...args])
    .replaceAll(cwd, '<folder>')
    .replace(SOURCE_URL, '<source>');
  return createHash('sha256').update(command).digest('hex');
}

/** Whether arguments name a file, its folder, or it and others by a number in its name. */
function isNamedBy(args: readonly string[], name: string): boolean {
  const text = args.join(' ');
  return [name, name.replace(/\d+/, '%03d'), `/${dirname(name)}/`].some((form) => text.includes(form));
}

async function filesBelow(folder: string): Promise<Map<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (path) => [path.slice(folder.length + 1), (await stat(path)).mtimeMs] as const)));
}

async function place(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}
