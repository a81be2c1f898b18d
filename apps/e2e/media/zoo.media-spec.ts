import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPaths } from '../../../activities/test-media/tool-paths';
import { judgeOutcome } from '../../../activities/test-media/zoo/judge';
import { ZOO } from '../../../activities/test-media/zoo/zoo';
import { ZooKit } from '../../../activities/test-media/zoo/zoo-kit';
import type { ReadyExpectation, ZooSource } from '../../../activities/test-media/zoo/zoo-source';
import { FAILURES } from '../../../temporal/contract/failures';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import type { VideoProgress } from '../../../packages/client/src/api-bodies';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { uploadPath } from '../../../packages/client/src/node';
import { apiUrl, downloadAudio, downloadRenditions, untilEnded } from '../scenes/published-video';

/** Uploads and verdicts in flight: enough to keep the workers' queues full. */
const AT_ONCE = 12;
/** Asking takes more of the machine than the videos when there are so many. */
const POLL_MS = 1_000;
const TABLE_PATH = join(projectRoot(), 'docs', 'inputs.md');

interface Ending {
  source: ZooSource;
  progress: VideoProgress & { videoId: string };
  faults: string[];
}

describe('the zoo through the whole service', () => {
  const tools = toolPaths();
  const endings = new Map<string, Ending>();
  let kit: ZooKit;

  beforeAll(async () => {
    kit = new ZooKit(tools.ffmpeg, await mkdtemp(join(tmpdir(), 'zoo-')));
    const waiting = [...ZOO];
    const work = async () => {
      for (let source = waiting.shift(); source; source = waiting.shift()) endings.set(source.name, await endingOf(source));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 1_800_000);

  afterAll(async () => {
    await writeFile(TABLE_PATH, inputsTable(ZOO.map(({ name }) => endings.get(name)).filter((ending) => ending !== undefined)));
    await rm(kit.folder, { recursive: true });
  });

  /** Three of four keep their loudness: the clicks of these sources are all peak, and take several encodings to become louder. */
  async function endingOf(source: ZooSource): Promise<Ending> {
    await source.make(kit);
    const api = new SprocketClient({ url: apiUrl() });
    const wishes = ZOO.indexOf(source) % 4 === 0 ? {} : ({ loudness: 'off' } as const);
    const videoId = await uploadPath(api, kit.path(source.name), wishes);
    const progress = { videoId, ...(await untilEnded(api, videoId, POLL_MS)) };
    const faults =
      progress.status === 'ready' && source.expect.ends === 'ready' ? await published(source, progress.videoId, source.expect) : [];
    return { source, progress, faults };
  }

  async function published(source: ZooSource, videoId: string, expected: ReadyExpectation): Promise<string[]> {
    const folder = kit.path(`${source.name}.published`);
    await mkdir(folder);
    const renditions = await downloadRenditions(videoId, folder);
    const audio = await downloadAudio(videoId, folder);
    const [largest, smallest] = [renditions[0]?.path ?? '', renditions.at(-1)?.path ?? ''];
    return judgeOutcome(tools, { largest, smallest, audio: audio?.path ?? null }, expected, folder);
  }

  it.each(ZOO.map((source) => [source.name, source.about, source] as const))('%s: %s', (name, _, { expect: expected }) => {
    const ending = endings.get(name);
    expect(ending?.progress.status).toBe(expected.ends);
    expect(ending?.faults).toEqual([]);
    const codes = (ending?.progress.warnings ?? []).map(({ code }) => code);
    if (expected.ends === 'ready') expect(codes).toEqual(expect.arrayContaining([...expected.warnings]));
    if (expected.ends === 'failed') expect(ending?.progress.error).toMatchObject({ code: expected.failure });
  });

  it('answers every request while it is fed', async () => {
    const { videoId } = endings.get(ZOO[0]?.name ?? '')?.progress ?? { videoId: '' };
    expect((await new SprocketClient({ url: apiUrl() }).progress(videoId)).status).toBe('ready');
  });
});

function inputsTable(endings: readonly Ending[]): string {
  const rows = endings.map(({ source, progress, faults }) => {
    const { expect: expected } = source;
    const size = expected.ends === 'ready' ? `${expected.size.width}x${expected.size.height}` : '';
    const warned =
      progress.warnings.length > 0 ? `; warnings: ${[...new Set(progress.warnings.map(({ code }) => code ?? 'Quality'))].join(', ')}` : '';
    const ready =
      faults.length === 0
        ? `ready, exact${expected.ends === 'ready' && expected.damagedFrames > 0 ? ' but for the damage' : ''}, ${size}${warned}`
        : `WRONG: ${faults.join('; ')}`;
    return `| ${source.name} | ${source.about} | ${progress.status === 'ready' ? ready : `${progress.status}: ${progress.error?.message ?? ''}`} |`;
  });
  return [
    '# Inputs',
    '',
    'Every kind of file that the tests send through the whole service, and how it ends. Written by `npm test -- media zoo`.',
    '',
    '"Exact" means: every rendition shows every source frame once, in order, on a constant grid; upright, with square pixels, progressive,',
    '8-bit 4:2:0 in limited range; audio within 20 ms of the picture and as long as it.',
    '',
    '| file | what it is | how it ends |',
    '|---|---|---|',
    ...rows,
    '',
    `Advice that comes with a failure: ${['SourceUnreadable', 'SourceUnsupported', 'SourceEncrypted', 'SourceTooLarge'].map((type) => `*${type}*: ${FAILURES[type as 'SourceTooLarge'].advice}`).join(' ')}`,
    '',
  ].join('\n');
}
