import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPaths } from './tool-paths';

/** An ffmpeg whose NVENC encoders are those of the CPU, or fail as a driver fails. */
export interface GpuStandIn {
  ffmpeg: string;
  /**
   * What its encoders do from now on: `works`, `works hevc` (and no other codec), `busy 2` (as often, then it works), `hangs`,
   * `dies` (tests succeed, chunks fail), or text that an encoder prints before it fails.
   */
  set(state: string): Promise<void>;
  /** Encoders of the chunks that it was given, in order. */
  chunks(): Promise<string[]>;
}

/** Writes the program into a folder. It works until it is told otherwise. */
export async function makeGpuStandIn(folder: string): Promise<GpuStandIn> {
  const [ffmpeg, statePath] = [join(folder, 'ffmpeg-with-gpu'), join(folder, 'gpu-state')];
  const set = (state: string) => writeFile(statePath, state);
  await set('works');
  const logPath = join(folder, 'gpu-log');
  await writeFile(logPath, '');
  const known = `const [FFMPEG, STATE, LOG] = ${JSON.stringify([toolPaths().ffmpeg, statePath, logPath])};`;
  await writeFile(ffmpeg, `#!${process.execPath}\n${known}\n${PROGRAM}`, { mode: 0o755 });
  const chunks = async () => (await readFile(logPath, 'utf8')).split('\n').filter(Boolean);
  return { ffmpeg, set, chunks };
}

const PROGRAM = String.raw`
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');

const MESSAGES = {
  unsupported: 'OpenEncodeSessionEx failed: unsupported device (2): (no details)\nNo capable devices found',
  busy: 'OpenEncodeSessionEx failed: out of memory (10): (no details)',
  dead: 'Cannot load libcuda.so.1',
  qsv: 'Error creating a MFX session: -9.',
  vaapi: 'No VA display found for any default device.',
};
/** Options that encoders of the CPU do not have, each with a value. */
const DROPPED = ['preset', 'tune', 'rc', 'b:v', 'maxrate', 'multipass', 'strict_gop', 'forced-idr', 'rc-lookahead', 'no-scenecut'];
DROPPED.push('b_adapt', 'bf', 'b_ref_mode', 'spatial-aq', 'tier', 'level:v');
const ON_CPU = {
  h264: (gop) => ['libx264', '-preset', 'ultrafast', '-threads', '1', '-flags', '+cgop', '-keyint_min', gop, '-sc_threshold', '0'],
  hevc: (gop) => {
    const fixed = 'info=0:log-level=error:frame-threads=1:pools=1:scenecut=0:open-gop=0';
    return ['libx265', '-preset', 'ultrafast', '-x265-params', fixed + ':keyint=' + gop + ':min-keyint=' + gop];
  },
  av1: () => ['libsvtav1', '-preset', '12', '-svtav1-params', 'scd=0:irefresh-type=2:lp=1'],
};

const args = process.argv.slice(2);
const encoder = args.map((arg) => /^(h264|hevc|av1)_(nvenc|qsv|vaapi)$/.exec(arg)).find(Boolean);
const exit = (message) => {
  process.stderr.write(message + '\n');
  process.exit(255);
};

if (encoder) obey(encoder[1], encoder[2]);
const { status, signal } = spawnSync(FFMPEG, encoder ? onCpu() : args, { stdio: 'inherit' });
process.exit(status ?? (signal ? 1 : 0));

function obey(family, kind) {
  if (kind !== 'nvenc') exit(MESSAGES[kind]);
  const isChunk = args.includes('-progress');
  if (isChunk) appendFileSync(LOG, encoder[0] + '\n');
  const [word, detail = ''] = readFileSync(STATE, 'utf8').split(' ');
  if (word === 'hangs') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  else if (word === 'busy' && Number(detail) > 0) {
    writeFileSync(STATE, 'busy ' + (Number(detail) - 1));
    exit(MESSAGES.busy);
  } else if (word === 'works' && detail !== '' && detail !== family) exit(MESSAGES.unsupported);
  else if (word === 'dies' && isChunk) exit(MESSAGES.dead);
  else if (!['works', 'busy', 'dies'].includes(word)) exit(readFileSync(STATE, 'utf8'));
  if (!args.includes('-v')) process.stderr.write('  Stream #0:0 -> #0:0 (rawvideo (native) -> ' + family + ' (' + encoder[0] + '))\n');
}

function onCpu() {
  const made = [];
  for (let index = 0; index < args.length; index++) {
    const name = args[index].replace(/^-/, '');
    if (args[index].startsWith('-') && DROPPED.includes(name)) index++;
    else if (args[index] === encoder[0]) made.push(...ON_CPU[encoder[1]](args[args.indexOf('-g', index) + 1]));
    else made.push(args[index] === '-cq' ? '-crf' : args[index]);
  }
  return made;
}
`;
