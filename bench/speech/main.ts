import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolRun } from '../../activities/media-tools/run-tool';
import { CommandEngine } from '../../activities/speech-engines/command-engine';
import { AUSTEN } from '../../activities/test-media/speech/austen';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { defaultHomeFolder } from '../../infra/stack/home/stack-home';
import { installSpeechEngine } from '../../infra/stack/tools/speech-engine';
import { installSystemPackage } from '../../infra/stack/tools/system-packages';
import { childrenOf, peakResidentBytes } from '../measure/process-usage';
import { report, round3 } from '../measure/report';
import { wordErrorRate, wordsOf } from './word-errors';

/** The longest piece that an engine gets. */
const LONG_SECONDS = 180;
const LOOK_MS = 100;
const MIB = 2 ** 20;

/** For the voices of machines, without numbers and abbreviations, which can be written in several ways. */
const TEXT = `The old mill stands where the river bends, and it has stood still for thirty years. In spring the water rises until it
touches the lowest window, and the children of the village come to watch the ducks swim through the open door. My grandfather was the last
miller. He used to say that a good wheel sings when it turns, and that you can hear in the song whether the corn is dry. When the railway came,
the farmers took their grain to the city, because the train was faster than his horse and the price was better there. He kept the wheel
turning for another winter, then he closed the gate and went to live with his daughter by the sea.`;

interface Voice {
  name: string;
  text: string;
  /** Makes the sound in any format. */
  speak: (path: string) => Promise<unknown>;
}

/** How well and at what cost the default engine hears three voices. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-speech-'));
  const { ffmpeg } = toolPaths();
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const engine = new CommandEngine(await installSpeechEngine(defaultHomeFolder(), say), ['en']);
  try {
    const textPath = join(folder, 'text.txt');
    await writeFile(textPath, TEXT.replaceAll('\n', ' '));
    const results: Record<string, unknown> = {};
    for (const { name, text, speak } of await voices({ ffmpeg, textPath })) {
      const [spoken, path] = [join(folder, 'spoken.wav'), join(folder, 'sound.wav')];
      await speak(spoken);
      await runTool({ tool: ffmpeg, args: ['-v', 'error', '-y', '-i', spoken, '-ar', '16000', '-ac', '1', '-c:a', 'pcm_s16le', path] });
      results[name] = await heard(engine, { path, text });
    }
    report({ benchmark: 'speech', ...results });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function voices({ ffmpeg, textPath }: { ffmpeg: string; textPath: string }): Promise<Voice[]> {
  for (const name of ['espeak-ng', 'flite']) {
    const problem = await installSystemPackage(name);
    if (problem !== null) throw new Error(`The voice of ${name} could not be installed. ${problem}`);
  }
  const machine = (tool: string, args: (path: string) => string[]): Voice => ({
    name: tool,
    text: TEXT,
    speak: (path) => runTool({ tool: `/usr/bin/${tool}`, args: args(path) }),
  });
  const human = (name: string, args: readonly string[], text: string = AUSTEN.text): Voice => ({
    name,
    text,
    speak: (path) => runTool({ tool: ffmpeg, args: ['-v', 'error', '-y', ...args, path] }),
  });
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=colour=pink:amplitude=0.05:seed=1', '-filter_complex', 'amix=duration=first:normalize=0'];
  return [
    machine('espeak-ng', (path) => ['-v', 'en-us', '-s', '150', '-f', textPath, '-w', path]),
    machine('flite', (path) => ['-voice', 'slt', '-f', textPath, '-o', path]),
    human('human', ['-i', AUSTEN.path]),
    human('human_in_pink_noise', ['-i', AUSTEN.path, ...noise]),
    human('three_minutes_of_music', ['-f', 'lavfi', '-i', `sine=440:duration=${LONG_SECONDS},tremolo=f=3`], ''),
    human('three_minutes_of_human', ['-stream_loop', '-1', '-i', AUSTEN.path, '-t', String(LONG_SECONDS)], ''),
  ];
}

/** Without a text nothing is compared. */
async function heard(engine: CommandEngine, { path, text }: { path: string; text: string }) {
  let cpuMs = 0;
  let peakBytes = 0;
  const look = setInterval(() => {
    for (const pid of childrenOf(process.pid)) peakBytes = Math.max(peakBytes, peakResidentBytes(pid) ?? 0);
  }, LOOK_MS);
  const tool = async (run: Omit<ToolRun, 'signal' | 'cwd'>) => {
    const result = await runTool(run);
    cpuMs += result.cpuMs;
    return result;
  };
  const { words, averageLogProbability } = await engine.transcribe(
    { path, language: 'en' },
    { signal: new AbortController().signal, tool },
  );
  clearInterval(look);
  const seconds = await secondsOf(path);
  return {
    sound_seconds: round3(seconds),
    words: words.length,
    word_error_rate: text === '' ? null : round3(wordErrorRate(wordsOf(text), wordsOf(words.map((word) => word.text).join(' ')))),
    average_log_probability: averageLogProbability && round3(averageLogProbability),
    cpu_seconds: round3(cpuMs / 1000),
    cpu_per_second_of_sound: round3(cpuMs / 1000 / seconds),
    peak_mib: Math.round(peakBytes / MIB),
  };
}

async function secondsOf(path: string): Promise<number> {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number((await runTool({ tool: toolPaths().ffprobe, args })).stdout);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
