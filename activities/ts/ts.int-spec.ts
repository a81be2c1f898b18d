import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRef } from '../../temporal/contract/activities';
import { renditionFolder, videoRef } from '../../temporal/contract/media/renditions';
import { clearPlace, tsKey, tsSegmentName, TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import { packetsOf } from '../../workflows/planning/mpegts/packets';
import { drmRequest, packagedTitle } from '../drm/testing/packaged-title';
import { beginProtection, removeClear, switchToProtected } from '../drm/protect-title';
import { runTool } from '../media-tools/run-tool';
import { loadTitle } from '../families/title-store';
import { publish } from '../package/publish';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { muxTsPiece } from './mux-ts-piece';
import { planTs } from './plan-ts';
import { publishTs } from './publish-ts';

jest.setTimeout(240_000);

const RUNG = '180p';
const VIDEO = renditionFolder(videoRef('h264', { name: RUNG }));

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

async function muxAll(run: RunRef): Promise<number> {
  const { pieceCount } = await stand.run(planTs, run);
  let bytesOut = 0;
  for (let pieceIndex = 0; pieceIndex < pieceCount; pieceIndex++) {
    bytesOut += (await stand.run(muxTsPiece, { ...run, pieceIndex })).bytesOut;
  }
  return bytesOut;
}

async function object(key: string): Promise<Uint8Array> {
  return (await stand.deps.objects.get('transcoded', key)) ?? new Uint8Array();
}

/** All segments of a folder, behind its init segment if it has one, in one file. */
async function joined(folder: string, name: string): Promise<string> {
  const names = [...(await stand.deps.objects.sizesBelow('transcoded', `${folder}/`)).keys()].filter((one) => /\.(mp4|m4s|ts)$/.test(one));
  const parts = await Promise.all(names.sort().map((one) => object(`${folder}/${one}`)));
  const path = join(stand.folder, name);
  await writeFile(path, Buffer.concat(parts));
  return path;
}

async function ffmpeg(args: readonly string[]): Promise<string> {
  return (await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', ...args] })).stdout;
}

/** Hash of every decoded picture. */
async function pictures(path: string): Promise<string[]> {
  const hashes = await ffmpeg(['-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-']);
  const lines = hashes.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split(',').at(-1)!.trim());
}

/** Hash of all AAC frames as they are. */
async function sound(path: string): Promise<string> {
  const adts = `${path}.aac`;
  await ffmpeg(['-y', '-i', path, '-map', '0:a', '-c', 'copy', adts]);
  return ffmpeg(['-i', adts, '-c', 'copy', '-f', 'streamhash', '-']);
}

interface ProbedPacket {
  codec_type: string;
  pts: number;
  dts: number;
  flags: string;
}

/** As a reader of other people sees it. */
async function packets(path: string): Promise<ProbedPacket[]> {
  const args = ['-v', 'error', '-show_packets', '-show_entries', 'packet=codec_type,pts,dts,flags', '-of', 'json', path];
  const { stdout } = await runTool({ tool: stand.deps.tools.ffprobe, args });
  return (JSON.parse(stdout) as { packets: ProbedPacket[] }).packets;
}

/** Shows every picture of the grid once, in a file without a discontinuity. */
async function expectOnGrid(path: string, { num, den, count }: { num: number; den: number; count: number }): Promise<void> {
  const found = (await packets(path)).filter(({ codec_type }) => codec_type === 'video');
  const wanted = Array.from({ length: count }, (_, frame) => 900_000 + (frame * den * 90_000) / num);
  const shown = found.map(({ pts }) => pts).sort((one, other) => one - other);
  expect(shown).toHaveLength(count);
  expect(Math.max(...shown.map((pts, frame) => Math.abs(pts - (wanted[frame] ?? 0))))).toBeLessThanOrEqual(1);
  expect(found.filter(({ pts, dts }) => pts < dts)).toEqual([]);
}

describe('a title of two pieces', () => {
  const SECONDS = 63;
  const run = () => ({ videoId, generation: 1 });
  let videoId: string;

  beforeAll(async () => {
    const plan = await packagedTitle(stand, { seconds: SECONDS });
    ({ videoId } = plan);
    await stand.run(publish, plan);
  });

  const folder = () => tsKey(run(), RUNG, '').slice(0, -1);
  const segmentKey = (number: number) => tsKey(run(), RUNG, tsSegmentName(number));
  const master = async () => Buffer.from(await object(`${videoId}/${TS_MANIFEST_NAME}`)).toString();

  it('is copied without a change, and without a seam', async () => {
    expect(await stand.run(planTs, run())).toEqual({ pieceCount: 2 });
    await muxAll(run());
    await stand.run(publishTs, run());
    expect(await master()).toContain(`g1/ts/${RUNG}/playlist.m3u8`);
    expect((await stand.deps.videos.find(videoId))?.tsGeneration).toBe(1);

    const ts = await joined(folder(), 'title.ts');
    const { folder: clear } = clearPlace(run());
    const copied = await pictures(ts);
    expect(copied).toHaveLength(SECONDS * 10);
    expect(copied).toEqual(await pictures(await joined(`${clear}/${VIDEO}`, 'video.mp4')));
    const [track] = (await loadTitle(stand.deps.objects, run())).presentation.audio;
    expect(await sound(ts)).toBe(await sound(await joined(`${clear}/${renditionFolder(track!.rendition.ref)}`, 'audio.mp4')));
    await expectOnGrid(ts, { num: 10, den: 1, count: SECONDS * 10 });
    // ffprobe marks packets behind a lost one as corrupt.
    expect((await packets(ts)).filter(({ flags }) => flags.includes('C'))).toEqual([]);
    const rows = (await stand.deps.tasks.listForVideo(videoId, 1)).filter(({ taskType }) => taskType === 'ts');
    expect(rows.map(({ segmentIndex, status }) => [segmentIndex, status])).toEqual([
      [null, 'completed'],
      [0, 'completed'],
      [1, 'completed'],
    ]);
  });

  it('is not copied again, but for what is gone', async () => {
    expect(await muxAll(run())).toBe(0);
    await stand.deps.objects.remover('transcoded').removeWhere(
      run(),
      (name) => name.endsWith(`${RUNG}/${tsSegmentName(11)}`),
      () => undefined,
    );
    expect(await muxAll(run())).toBe((await object(segmentKey(11))).length);
    await stand.run(publishTs, run());
  });

  const changed = (number: number, change: (bytes: Uint8Array) => Uint8Array) => async () => {
    const whole = await object(segmentKey(number));
    await stand.deps.objects.put('transcoded', segmentKey(number), change(whole.slice()), { contentType: 'video/mp2t' });
    return async () => {
      await stand.deps.objects.put('transcoded', segmentKey(number), whole, { contentType: 'video/mp2t' });
    };
  };
  const atPicture = (bytes: Uint8Array) => [...packetsOf(bytes)].filter(({ pid, startsUnit }) => pid === 0x100 && startsUnit)[5]!;

  it.each<[string, () => Promise<() => Promise<void>>, string]>([
    [
      'a lost packet',
      changed(4, (bytes) => {
        const { offset } = atPicture(bytes);
        // Padding takes its place, so that no size tells.
        bytes.set([0x1f, 0xff, 0x10], offset + 1);
        return bytes;
      }),
      'segment_00004.ts',
    ],
    [
      'counters that restart',
      changed(11, (bytes) => {
        for (const { offset, pid } of packetsOf(bytes))
          if (pid === 0x100) bytes[offset + 3] = (bytes[offset + 3]! & 0xf0) | ((bytes[offset + 3]! + 1) & 0x0f);
        return bytes;
      }),
      'begins PID 256 with the counter',
    ],
    [
      'a jump in time',
      changed(6, (bytes) => {
        bytes[atPicture(bytes).payloadStart + 11] = bytes[atPicture(bytes).payloadStart + 11]! ^ 0x08;
        return bytes;
      }),
      'segment_00006.ts shows picture',
    ],
  ])('is refused with %s', async (_fault, spoil, sentence) => {
    const before = await master();
    const repair = await spoil();
    await expect(stand.run(publishTs, run())).rejects.toMatchObject({
      type: 'OutputInvalid',
      message: expect.stringContaining(sentence) as string,
    });
    expect(await master()).toBe(before);
    await repair();
  });

  it('is refused with a segment in the place of another', async () => {
    const [second, third] = [await object(segmentKey(2)), await object(segmentKey(3))];
    await stand.deps.objects.put('transcoded', segmentKey(2), third, { contentType: 'video/mp2t' });
    await stand.deps.objects.put('transcoded', segmentKey(3), second, { contentType: 'video/mp2t' });
    await expect(stand.run(publishTs, run())).rejects.toMatchObject({ type: 'OutputInvalid' });
  });

  it('loses its segments when it is protected, and gets none any more', async () => {
    const video = await stand.deps.videos.find(videoId);
    await stand.deps.protections.ask(video!, drmRequest('cbcs'));
    const task = { ...run(), taskType: 'ts' } as const;
    await stand.deps.tasks.start(task, { workerId: 'other', attempt: 1 });
    expect(await stand.run(beginProtection, run())).toEqual({ notYet: true });
    await stand.deps.tasks.release(task, { attempt: 1 });
    await stand.run(beginProtection, run());
    await expect(stand.run(planTs, run())).rejects.toMatchObject({ type: 'PlanInvalid' });
    await expect(stand.run(muxTsPiece, { ...run(), pieceIndex: 0 })).rejects.toMatchObject({ type: 'PlanInvalid' });
    await stand.deps.protections.begin(run(), drmRequest('cbcs'));
    await expect(stand.run((deps, ref: RunRef) => switchToProtected(deps, ref, () => undefined), run())).rejects.toMatchObject({
      type: 'PlanInvalid',
    });
    expect(await master()).toBe('');
    expect((await stand.deps.videos.find(videoId))?.tsGeneration).toBeNull();
    // Without encrypted streams nothing else is replaced here; the clear manifests keep the deletion away.
    for (const name of ['manifest.m3u8', 'manifest.mpd'])
      await stand.deps.objects.put('transcoded', `${videoId}/${name}`, '', { contentType: 'text/plain' });
    await stand.run((deps, ref: RunRef) => removeClear(deps, ref, () => undefined), run());
    expect([...(await stand.deps.objects.sizesBelow('transcoded', `${folder()}/`)).keys()]).toEqual([]);
  });
});

it.each([
  ['24000/1001', { num: 24_000, den: 1001 }, false],
  ['5', { num: 5, den: 1 }, true],
] as const)('keeps the grid of %s pictures per second', async (rate, { num, den }, isSilent) => {
  const plan = await packagedTitle(stand, { rate, isSilent });
  const run = { videoId: plan.videoId, generation: 1 };
  await stand.run(publish, plan);
  await muxAll(run);
  await stand.run(publishTs, run);
  const ts = await joined(tsKey(run, RUNG, '').slice(0, -1), 'title.ts');
  await expectOnGrid(ts, { num, den, count: Math.ceil((7 * num) / den) });
  expect((await packets(ts)).some(({ codec_type }) => codec_type === 'audio')).toBe(!isSilent);
});
