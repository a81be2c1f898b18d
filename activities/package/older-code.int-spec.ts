import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import { renditionFolder } from '../../temporal/contract/media/renditions';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import type { AudioReport, ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { planOf, type RecordedPlan } from '../../workflows/planning/plan/recorded-plan';
import {
  audioReportOf,
  chunkReportOf,
  type RecordedAudioReport,
  type RecordedChunkReport,
} from '../../workflows/planning/plan/recorded-reports';
import { decodeMissing } from '../../workflows/planning/run/missing-chunks';
import { audio } from '../audio/audio';
import { findMissingChunks } from '../bookkeeping/find-missing-chunks';
import { inspectRun } from '../bookkeeping/inspect-run';
import { runTool } from '../media-tools/run-tool';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { packageManifests } from './package-manifests';
import { publish } from './publish';

jest.setTimeout(240_000);

const SECONDS = 32;
const CHUNKS = 3;

let stand: ActivityStand;
let videoId: string;

beforeAll(async () => {
  stand = await openActivityStand();
  const path = join(stand.folder, 'source.mp4');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=size=426x240:rate=25', '-f', 'lavfi', '-i', 'sine=frequency=440'];
  const codecs = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', ...inputs, '-t', String(SECONDS), ...codecs, path] });
  videoId = await stand.addVideo({ encoding: { isStrict: false, families: {}, earlyPlayback: false } }, await readFile(path));
});
afterAll(() => stand.close());

const json = async <T>(key: string) => (await stand.deps.objects.getJson<T>('segments', key)) as T;
const record = (key: string, value: unknown) =>
  stand.deps.objects.put('segments', key, JSON.stringify(value), { contentType: 'application/json' });

/** Plan and reports as code without references to renditions writes them. */
const older = {
  plan: ({ audio: [track], ...plan }: Plan) => {
    const { name, bitrateBps, channels, sampleRateHz, language, sourceTrack } = track as Plan['audio'][number];
    return { ...plan, audio: { name, bitrateBps, channels, sampleRateHz, language, sourceTrack } };
  },
  rendition: ({ ref, ...rendition }: RenditionReport) => ({ folder: renditionFolder(ref), ...rendition }),
  chunk: (report: ChunkReport) => ({ ...report, renditions: report.renditions.map(older.rendition) }),
  audio: ({ renditions, ...report }: AudioReport) => ({ ...report, rendition: older.rendition(renditions[0] as RenditionReport) }),
};

async function planned(run: RunRef): Promise<PlanRef> {
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, run, { countTranscodeSlots: async () => CHUNKS });
  return { ...run, planSha256 };
}

const chunk = (ref: PlanRef, chunkIndex: number) => stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex, chunkCount: CHUNKS });

async function published(ref: PlanRef): Promise<string[]> {
  await stand.run(packageManifests, ref);
  await stand.run(publish, ref);
  const texts = Object.values(MANIFEST_NAMES).map(async (name) => {
    const bytes = await stand.deps.objects.get('transcoded', `${videoId}/${name}`);
    return Buffer.from(bytes ?? [])
      .toString('utf8')
      .replaceAll(`g${ref.generation}/`, 'g/');
  });
  return Promise.all(texts);
}

it('goes on with a run that older code left half done, to the same manifests', async () => {
  const whole = await planned({ videoId, generation: 1 });
  for (let index = 0; index < CHUNKS; index++) await chunk(whole, index);
  await stand.run(audio, { ...whole, redo: false });
  const wanted = await published(whole);

  const run = { videoId, generation: 2 };
  await stand.setRow(videoId, { generation: 2, status: 'uploaded' });
  await planned(run);
  await record(segmentsKeys.plan(videoId, 2), older.plan(planOf(await json<RecordedPlan>(segmentsKeys.plan(videoId, 2)))));
  const ref = await planned(run);
  expect(ref.planSha256).not.toBe(whole.planSha256);
  await chunk(ref, 0);
  await stand.run(audio, { ...ref, redo: false });
  const keys = { chunk: segmentsKeys.chunkReport(videoId, 2, 'h264', 0), audio: segmentsKeys.audioReport(videoId, 2) };
  await record(keys.chunk, older.chunk(chunkReportOf(await json<RecordedChunkReport>(keys.chunk))));
  await record(keys.audio, older.audio(audioReportOf(await json<RecordedAudioReport>(keys.audio))));
  const [oldChunk, oldAudio] = [await json<unknown>(keys.chunk), await json<unknown>(keys.audio)];
  expect(JSON.stringify([oldChunk, oldAudio])).not.toContain('"ref"');

  const range = { ...ref, family: 'h264', firstChunk: 0, endChunk: CHUNKS } as const;
  const { missing } = await stand.run(findMissingChunks, range);
  expect(decodeMissing(range, missing)).toEqual([1, 2]);
  // What older code did stands: nothing is made again.
  expect(await chunk(ref, 0)).toEqual({ bytesOut: 0 });
  expect(await stand.run(audio, { ...ref, redo: false })).toEqual({ bytesOut: 0 });
  for (const index of [1, 2]) await chunk(ref, index);
  expect([await json<unknown>(keys.chunk), await json<unknown>(keys.audio)]).toEqual([oldChunk, oldAudio]);
  expect(await stand.run(inspectRun, run)).toMatchObject({
    lost: false,
    split: { planSha256: ref.planSha256, skippedSteps: ['subtitles'] },
    completedSteps: ['probe', 'split', 'transcode', 'audio'],
  });
  expect(await published(ref)).toEqual(wanted);
});
