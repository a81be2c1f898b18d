import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkPlan, Plan } from '../../../temporal/contract/media/plan';
import { videoRef } from '../../../temporal/contract/media/renditions';
import { clearPlace, renditionKey, segmentName, segmentsKeys } from '../../../temporal/contract/object-keys';
import { firstSegmentOf } from '../../../workflows/planning/timeline/segment-grid';
import { runTool } from '../../media-tools/run-tool';
import { probe } from '../../probe/probe';
import { loadChunkReport } from '../../renditions/report-store';
import { split } from '../../split/split';
import { loadPlan } from '../../task/plan-store';
import { openActivityStand, type ActivityStand } from '../../test-media/activity-stand';
import { identityFaults, readBarcodes } from '../../test-media/frame-identity';
import { makeBarcodeSource } from '../../test-media/make-source';
import { joinRendition } from '../../test-media/run-pipeline';
import { transcodeChunk } from '../transcode-chunk';
import { transcodeExpress } from './transcode-express';

jest.setTimeout(240_000);

/** Segments of thirty frames, and a last one of twenty. */
const RATE = { num: 5, den: 1 };
const FRAMES = 470;

let stand: ActivityStand;
let run: { videoId: string; generation: number; planSha256: string; family: 'h264' };
let plan: Plan;
let chunk: ChunkPlan;
/** 0-based segments of the chunk. */
let segments: number[];

beforeAll(async () => {
  stand = await openActivityStand();
  const { ffmpeg } = stand.deps.tools;
  const film = { ffmpeg, folder: stand.folder, name: 'hd.mp4', frameRate: RATE, frameCount: FRAMES };
  const source = await makeBarcodeSource({ ...film, pictureFilter: 'scale=1280:720', audioDelaySeconds: null });
  const encoding = { isStrict: false, families: { h264: { speed: 'ultrafast' } } };
  const videoId = await stand.addVideo({ encoding }, await readFile(source));
  await stand.run(probe, { videoId, generation: 1 });
  const { planSha256 } = await stand.run(split, { videoId, generation: 1 }, { countTranscodeSlots: () => Promise.resolve(1) });
  run = { videoId, generation: 1, planSha256, family: 'h264' };
  plan = await loadPlan(stand.deps.objects, run);
  chunk = plan.chunks.at(-1) as ChunkPlan;
  const first = firstSegmentOf(plan.grid, chunk);
  segments = Array.from({ length: plan.grid.segmentCount - first }, (_, index) => first + index);
});
afterAll(() => stand.close());

const key = (rung: string, object: string) => renditionKey(clearPlace(plan), videoRef('h264', { name: rung }), object);
const stored = async (rung: string, segment: number) => stand.deps.objects.get('transcoded', key(rung, segmentName(segment + 1)));
const hash = (bytes: Uint8Array | null) => bytes && createHash('sha256').update(bytes).digest('hex');
const chunkRef = (cuts: number[]) => ({ ...run, chunkIndex: chunk.index, chunkCount: plan.chunks.length, cuts });

/** Rungs in every run of the encoder. */
async function rungsIn(work: (noted: { runTool: typeof runTool }) => Promise<unknown>): Promise<number[]> {
  const rungs: number[] = [];
  const noted: typeof runTool = (tool) => {
    const count = tool.args.filter((arg) => arg === 'libx264').length;
    if (tool.args.includes('-progress') && count > 0) rungs.push(count);
    return runTool(tool);
  };
  await work({ runTool: noted });
  return rungs;
}

it('makes a segment in the smallest rungs; its chunk takes it, makes the rest, and would have made the same bytes', async () => {
  const [, wanted = 0, next = 0] = segments;
  const cuts = [next, wanted];
  // The second cut, and what is behind it.
  const others = segments.slice(2, 4);
  expect(segments.length).toBeGreaterThan(2);
  const express = { ...run, chunkIndex: chunk.index, segment: wanted, cuts };
  expect(await rungsIn((noted) => stand.run(transcodeExpress, express, noted))).toEqual([1]);
  const early = hash(await stored('240p', wanted));
  expect(early).not.toBeNull();
  expect(await stored('240p', next)).toBeNull();
  expect(await stored('480p', wanted)).toBeNull();
  // A repeated wish finds it made.
  expect(await rungsIn((noted) => stand.run(transcodeExpress, express, noted))).toEqual([]);

  expect(await rungsIn((noted) => stand.run(transcodeChunk, chunkRef(cuts), noted))).toEqual([4, 3, ...others.map(() => 4)]);
  expect(hash(await stored('240p', wanted))).toBe(early);
  const report = await loadChunkReport(stand.deps.objects, chunkRef(cuts));
  for (const { segments: made } of report?.renditions ?? [])
    expect(made.map(({ name }) => name)).toEqual(segments.map((one) => segmentName(one + 1)));

  const large = hash(await stored('720p', wanted));
  await stand.deps.objects.remover('segments').removeWhere(
    run,
    (name) => /(?:lead|chunk)_\d+/.test(name),
    () => undefined,
  );
  expect(await rungsIn((noted) => stand.run(transcodeChunk, chunkRef(cuts), noted))).toEqual([4, 4, ...others.map(() => 4)]);
  expect([hash(await stored('240p', wanted)), hash(await stored('720p', wanted))]).toEqual([early, large]);
});

it('joins what was cut without losing or shifting a frame', async () => {
  for (const one of plan.chunks.slice(0, -1)) await stand.run(transcodeChunk, { ...chunkRef([]), chunkIndex: one.index });
  const { ffmpeg } = stand.deps.tools;
  for (const rung of ['240p', '720p']) {
    const file = async (object: string) => {
      const path = join(stand.folder, `${rung}_${object}`);
      await writeFile(path, (await stand.deps.objects.get('transcoded', key(rung, object))) ?? '');
      return path;
    };
    const names = Array.from({ length: plan.grid.segmentCount }, (_, index) => segmentName(index + 1));
    const path = await joinRendition(await file('init.mp4'), await Promise.all(names.map(file)), join(stand.folder, `${rung}.mp4`));
    expect(identityFaults(await readBarcodes({ ffmpeg, path, scratch: stand.folder }), FRAMES)).toEqual([]);
  }
});

it('makes the stretch of a chunk that is not cut, all of it', async () => {
  const [first = 0] = segments;
  const last = segments.at(-1) ?? 0;
  const lengths = await rungsIn((noted) =>
    stand.run(transcodeExpress, { ...run, chunkIndex: chunk.index, segment: last, cuts: [] }, noted),
  );
  expect(lengths).toEqual([1]);
  const head = await stand.deps.objects.head('segments', segmentsKeys.leadReport(run.videoId, 1, 'h264', first));
  expect(head).not.toBeNull();
});

it('refuses a segment that its chunk does not have', async () => {
  const express = { ...run, chunkIndex: 0, segment: segments[0] ?? 0 };
  await expect(stand.run(transcodeExpress, express)).rejects.toMatchObject({ type: 'PlanInvalid' });
});
