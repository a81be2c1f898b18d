import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as HLS from 'hls-parser';
import { ulid } from 'ulid';
import { WebVTTParser } from 'webvtt-parser';
import type { PlanRef } from '../../temporal/contract/activities';
import type { Cue, CueFile } from '../../temporal/contract/media/text-tracks';
import { MANIFEST_NAMES, textKeys } from '../../temporal/contract/object-keys';
import { audio } from '../audio/audio';
import { removeOutputs } from '../generations/remove-objects';
import { runTool } from '../media-tools/run-tool';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { storeCues } from '../renditions/text-store';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { withCaption } from '../test-media/captions';
import { makeBarcodeSource } from '../test-media/make-source';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { publishText, removeText } from './change-text';
import { subtitles } from './subtitles';

jest.setTimeout(120_000);

const RATE = { num: 25, den: 1 };
const nothing = () => undefined;
const SRT = '1\n00:00:00,500 --> 00:00:01,000\n<i>Grüße</i> 👋\n\n2\n00:00:01,200 --> 00:00:09,000\nשלום\n';

let stand: ActivityStand;
let videoId: string;
let plan: PlanRef;

/** A title that is published while its text is not looked at yet: the picture begins two seconds after the clock of its file. */
beforeAll(async () => {
  stand = await openActivityStand();
  const { ffmpeg } = stand.deps.tools;
  const base = { ffmpeg, folder: stand.folder, name: 'base.mkv', frameRate: RATE, frameCount: 50, audioDelaySeconds: 0 };
  const [picture, srt, path] = [await makeBarcodeSource(base), join(stand.folder, 'a.srt'), join(stand.folder, 'source.mkv')];
  await writeFile(srt, SRT);
  const late = (input: string) => ['-itsoffset', '2', '-i', input];
  const maps = ['-map', '0', '-map', '1', '-map', '1', '-c', 'copy', '-c:s:1', 'ass'];
  const about = ['-metadata:s:s:0', 'language=ger', '-metadata:s:s:0', 'title=Untertitel', '-disposition:s:1', 'forced'];
  const args = ['-v', 'error', ...late(picture), ...late(srt), ...maps, ...about, '-copyts', '-avoid_negative_ts', 'disabled', path];
  await runTool({ tool: ffmpeg, args });
  videoId = await stand.addVideo({}, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256, skippedSteps } = await stand.run(split, run);
  expect(skippedSteps).toEqual([]);
  plan = { ...run, planSha256 };
  await stand.run(transcodeChunk, { ...plan, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(audio, { ...plan, redo: false });
  await stand.run(packageManifests, plan);
  await stand.run(publish, plan);
});
afterAll(() => stand.close());

const object = async (key: string) => Buffer.from((await stand.deps.objects.get('transcoded', key)) ?? []).toString();
const manifest = (name: string) => object(`${videoId}/${name}`);
const offered = async () => (HLS.parse(await manifest(MANIFEST_NAMES.hls)) as HLS.types.MasterPlaylist).variants[0]?.subtitles ?? [];

async function upload(cues: Cue[], language: string): Promise<string> {
  const subtitleId = ulid();
  await storeCues(stand.deps.objects, { videoId, subtitleId }, cues);
  const about = { language, label: language, kind: 'captions', cueCount: cues.length, createdAt: new Date(), removedAt: null } as const;
  await stand.deps.subtitles.add({ subtitleId, videoId, origin: 'uploaded', generation: null, sourceTrack: null, ...about });
  return subtitleId;
}

it('takes the text of the source into a published title, at its time on the title, and once', async () => {
  expect(await offered()).toEqual([]);
  const media = await stand.deps.objects.sizesBelow('transcoded', `${videoId}/g1/h264/`);
  await stand.run(subtitles, plan);
  await stand.run(subtitles, plan);
  const tracks = await offered();
  expect(tracks.map(({ name, language, forced }) => [name, language, forced])).toEqual([
    ['Untertitel', 'de', false],
    ['Unknown language', 'und', true],
  ]);
  const folder = `${videoId}/${tracks[0]?.uri?.replace('/playlist.m3u8', '')}`;
  const playlist = HLS.parse(await object(`${folder}/playlist.m3u8`)) as HLS.types.MediaPlaylist;
  expect(playlist.segments.map(({ uri, duration }) => [uri, duration])).toEqual([['segment_00001.vtt', 2]]);
  const text = await object(`${folder}/segment_00001.vtt`);
  expect(text).toBe('WEBVTT\n\n00:00:00.500 --> 00:00:01.000\n<i>Grüße</i> 👋\n\n00:00:01.200 --> 00:00:02.000\nשלום\n');
  expect(new WebVTTParser().parse(text, 'subtitles/captions/descriptions').errors).toEqual([]);
  expect(await manifest(MANIFEST_NAMES.dash)).toContain(`<BaseURL>${folder.slice(videoId.length + 1)}/subtitles.vtt</BaseURL>`);
  expect(await stand.deps.objects.sizesBelow('transcoded', `${videoId}/g1/h264/`)).toEqual(media);
});

it('makes text of captions inside the pictures, in the language that is spoken', async () => {
  const { ffmpeg } = stand.deps.tools;
  const file = (name: string) => join(stand.folder, name);
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '25', '-x264-params', 'slices=1', '-f', 'h264'];
  await runTool({
    tool: ffmpeg,
    args: ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=3', ...encoder, file('plain.h264')],
  });
  await writeFile(
    file('captioned.h264'),
    withCaption(await readFile(file('plain.h264')), { text: 'HELLO THERE', fromFrame: 25, endFrame: 50 }),
  );
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=3', '-c:v', 'copy', '-metadata:s:a:0', 'language=fre'];
  await runTool({ tool: ffmpeg, args: ['-v', 'error', '-framerate', '25', '-i', file('captioned.h264'), ...sound, file('captioned.mp4')] });
  const run = { videoId: await stand.addVideo({}, await readFile(file('captioned.mp4'))), generation: 1 };
  await stand.run(probe, run);
  const { planSha256, skippedSteps } = await stand.run(split, run);
  expect(skippedSteps).toEqual([]);
  await stand.run(subtitles, { ...run, planSha256 });
  const [track] = await stand.deps.subtitles.offered(run);
  expect(track).toMatchObject({ language: 'fr', kind: 'captions', cueCount: 1 });
  const file608 = await stand.deps.objects.getJson<CueFile>('transcoded', textKeys.cues(run.videoId, track!.subtitleId));
  expect(file608?.cues).toEqual([{ startMs: 1000, endMs: 2000, text: 'HELLO THERE', settings: '' }]);
});

it('adds and removes uploaded text, and a removed track of the source stays removed', async () => {
  const subtitleId = await upload([{ startMs: 0, endMs: 1000, text: 'hi', settings: 'line:0' }], 'en');
  await publishText(stand.deps, { videoId });
  expect((await offered()).map(({ language }) => language)).toEqual(['de', 'und', 'en']);
  const [first] = await stand.deps.subtitles.offered(plan);
  for (const gone of [first!.subtitleId, subtitleId]) {
    await stand.deps.subtitles.remove({ videoId, subtitleId: gone });
    await publishText(stand.deps, { videoId });
    // Players go on with what they know until it is deleted.
    expect(await object(`${videoId}/${textKeys.folder(1, gone)}/subtitles.vtt`)).not.toBe('');
    await removeText(stand.deps, { videoId, subtitleId: gone }, nothing);
    expect(await stand.deps.objects.sizesBelow('transcoded', `${videoId}/${textKeys.folder(1, gone)}/`)).toEqual(new Map());
  }
  await stand.run(subtitles, plan);
  expect((await offered()).map(({ language }) => language)).toEqual(['und']);
});

it('has what was added before a publication, or while the manifests are replaced', async () => {
  await upload([{ startMs: 0, endMs: 1000, text: 'avant', settings: '' }], 'fr');
  const { videos } = stand.deps;
  const setReady: typeof videos.setReady = async (...values) => {
    await upload([{ startMs: 0, endMs: 1000, text: 'durante', settings: '' }], 'it');
    return videos.setReady(...values);
  };
  await stand.run(publish, plan, { videos: Object.assign(Object.create(videos) as typeof videos, { setReady }) });
  expect((await offered()).map(({ language }) => language)).toEqual(['und', 'fr', 'it']);
});

it('makes no title fail whose cues are gone, and leaves nothing of a removed video', async () => {
  const subtitleId = await upload([], 'es');
  await stand.deps.objects.remover('transcoded').removeText({ videoId, subtitleId }, nothing);
  await publishText(stand.deps, { videoId });
  expect((await offered()).map(({ language }) => language)).toEqual(['und', 'fr', 'it']);
  await removeOutputs(stand.deps, { videoId }, nothing);
  expect(await stand.deps.objects.sizesBelow('transcoded', `${videoId}/`)).toEqual(new Map());
});
