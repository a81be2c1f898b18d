import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import type { FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { audio } from '../audio/audio';
import { runTool } from '../media-tools/run-tool';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';

let stand: ActivityStand;
let videoId: string;
let playing: Record<string, string>;

/** Generation 1 is published by the real activities; every test then makes a generation 2 that must not be. */
beforeAll(async () => {
  stand = await openActivityStand();
  const path = join(stand.folder, 'source.mp4');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25', '-f', 'lavfi', '-i', 'sine=frequency=440'];
  await runTool({
    tool: stand.deps.tools.ffmpeg,
    args: [
      '-v',
      'error',
      ...inputs,
      '-t',
      '2',
      '-vf',
      'scroll=h=0.02',
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-c:a',
      'aac',
      path,
    ],
  });
  videoId = await stand.addVideo({}, await readFile(path));
  await made(await planned({ videoId, generation: 1 }));
  playing = await manifests();
});
afterAll(() => stand.close());

let generation = 1;
beforeEach(async () => {
  generation += 1;
  await stand.setRow(videoId, { generation, status: 'uploaded', encoding: { isStrict: false, families: {} } });
});

async function manifests(): Promise<Record<string, string>> {
  const entries = Object.values(MANIFEST_NAMES).map(async (name) => [
    name,
    Buffer.from((await stand.deps.objects.get('transcoded', `${videoId}/${name}`)) ?? []).toString('base64'),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

/** Probe and split; `change` spoils the plan before it is recorded. */
async function planned(run: RunRef, change?: (plan: Plan) => Plan): Promise<PlanRef> {
  await stand.run(probe, run);
  if (change) {
    const first = await stand.deps.objects.getJson<Plan>('segments', segmentsKeys.plan(videoId, 1));
    const plan = change({ ...(first as Plan), generation: run.generation });
    await stand.deps.objects.putIfAbsent('segments', segmentsKeys.plan(videoId, run.generation), JSON.stringify(plan), {
      contentType: 'application/json',
    });
  }
  return { ...run, planSha256: (await stand.run(split, run)).planSha256 };
}

async function encoded(ref: PlanRef): Promise<void> {
  await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(audio, { ...ref, redo: false });
}

async function made(ref: PlanRef): Promise<void> {
  await encoded(ref);
  await stand.run(packageManifests, ref);
  await stand.run(publish, ref);
}

/** A picture from which next to nothing is left. */
const starved = (plan: Plan): Plan => ({
  ...plan,
  families: plan.families.map((family): FamilyPlan => ({ ...family, rungs: family.rungs.map((rung) => ({ ...rung, crf: 50 })) })),
});

it('publishes a generation 2 with which nothing is wrong', async () => {
  await made(await planned({ videoId, generation }));
  const now = await manifests();
  expect(now).not.toEqual(playing);
  expect(Buffer.from(now[MANIFEST_NAMES.hls] ?? '', 'base64').toString('utf8')).toContain(`g${generation}/`);
  expect(await stand.deps.videos.find(videoId)).toMatchObject({
    status: 'ready',
    qualitySummary: { worstVmaf: expect.any(Number), problemCount: 0 },
  });
  playing = now;
});

it('changes nothing when a strict upload is rejected for its quality', async () => {
  await stand.setRow(videoId, { encoding: { isStrict: true, families: {} } });
  const ref = await planned({ videoId, generation }, starved);
  await encoded(ref);
  await expect(stand.run(packageManifests, ref)).rejects.toMatchObject({
    type: 'QualityRejected',
    nonRetryable: true,
    message: expect.stringMatching(/h264\/720p has a VMAF of/),
  });
  expect(await manifests()).toEqual(playing);
  const summary = (await stand.deps.videos.find(videoId))?.qualitySummary;
  expect(summary?.problemCount).toBeGreaterThan(0);
  expect(summary?.worstVmaf).toBeLessThan(80);
});

it('publishes the same with a warning without it', async () => {
  await made(await planned({ videoId, generation }, starved));
  expect(await manifests()).not.toEqual(playing);
  expect((await stand.deps.videos.find(videoId))?.warnings).toContainEqual({
    step: 'package',
    message: expect.stringMatching(/h264\/720p has a VMAF of/),
  });
  playing = await manifests();
});

it('changes nothing when a chunk fails its check', async () => {
  const ref = await planned({ videoId, generation }, (plan) => ({
    ...plan,
    source: { ...plan.source, video: { ...plan.source.video, firstPts: plan.source.video.firstPts + 512 } },
  }));
  await expect(encoded(ref)).rejects.toMatchObject({ type: 'OutputInvalid' });
  expect(await manifests()).toEqual(playing);
});

it('changes nothing when what is stored is not what was made', async () => {
  const ref = await planned({ videoId, generation });
  await encoded(ref);
  await stand.deps.objects.put('transcoded', `${videoId}/g${generation}/h264/480p/segment_00001.m4s`, 'short', {
    contentType: 'video/mp4',
  });
  await expect(stand.run(packageManifests, ref)).rejects.toMatchObject({ type: 'OutputInvalid', nonRetryable: true });
  expect(await manifests()).toEqual(playing);
});

it('changes nothing when the run is cancelled before it publishes', async () => {
  const ref = await planned({ videoId, generation });
  await encoded(ref);
  await stand.run(packageManifests, ref);
  await stand.setRow(videoId, { status: 'cancelled' });
  await expect(stand.run(publish, ref)).rejects.toMatchObject({ type: 'Cancelled' });
  expect(await manifests()).toEqual(playing);
});

it.each([
  ['black', 'drawbox=color=black:t=fill', 'frames 0 to 23 are black, those of the source are not'],
  ['frozen', 'split[x][y];[x][y]freezeframes=first=1:last=49:replace=1', 'frames 1 to 23 stand still, those of the source move'],
])('changes nothing when a rendition is %s that no chunk proof looks at', async (name, fault, stretch) => {
  const ref = await planned({ videoId, generation });
  await stand.run(
    transcodeChunk,
    { ...ref, family: 'h264', chunkIndex: 0, chunkCount: 1 },
    { tools: { ...stand.deps.tools, ffmpeg: await spoiltEncoder(name, fault) } },
  );
  await stand.run(audio, { ...ref, redo: false });
  const message = expect.stringContaining(`h264/480p, counted from frame 0: ${stretch}.`);
  await expect(stand.run(packageManifests, ref)).rejects.toMatchObject({ type: 'OutputInvalid', nonRetryable: true, message });
  expect(await manifests()).toEqual(playing);
});

/** An ffmpeg that spoils the second rendition behind the scaler. */
async function spoiltEncoder(name: string, fault: string): Promise<string> {
  const path = join(stand.folder, `ffmpeg-${name}`);
  const script = [
    '#!/bin/bash',
    'args=()',
    `for arg in "$@"; do [[ "$arg" == ?*"[v1];"* ]] && arg="\${arg/\\[v1\\];/,${fault}[v1];}"; args+=("$arg"); done`,
    `exec ${stand.deps.tools.ffmpeg} "\${args[@]}"`,
  ];
  await writeFile(path, script.join('\n'), { mode: 0o755 });
  return path;
}
