import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import { isClearMedia, OBJECTS } from '../../temporal/contract/media/objects';
import { inspectRun } from '../bookkeeping/inspect-run';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { recordedPlan } from '../task/plan-store';
import { beginProtection, removeClear, switchToProtected } from './protect-title';
import { Failure } from '../../temporal/contract/failures';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { DrmScheme } from '../../temporal/contract/media/protection';
import { clearPlace, MANIFEST_NAMES, protectedPlace, type MediaPlace } from '../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';
import { runTool, type ToolRun } from '../media-tools/run-tool';
import { packageJoining, planJoining, publishJoining, verifyJoining } from '../families/make-family';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { publish } from '../package/publish';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { plannedJoining } from '../test-media/plan-joining';
import { thumbnails } from '../thumbnail/thumbnails';
import { verify } from '../verify/verify';
import { sampleData } from '../../workflows/planning/isobmff/encryption';
import { hideObus } from '../../workflows/planning/isobmff/hidden-obus';
import { fixedKey } from './testing/fixed-keys';
import { drmRequest, packagedTitle, protectWhole, runDrm } from './testing/packaged-title';
import { packageProtected } from './package-protected';
import { planProtection } from './plan-protection';
import { protectPiece } from './protect-piece';

jest.setTimeout(240_000);

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

const stored = async (videoId: string) => [...(await stand.deps.objects.sizesBelow('transcoded', `${videoId}/`)).keys()];

/** Hash of every decoded frame of a rendition. */
async function frames(place: MediaPlace, folder: string, decryption: string[] = []): Promise<string> {
  const { objects, tools } = stand.deps;
  const names = [...(await objects.sizesBelow(place.bucket, `${place.folder}/${folder}/`)).keys()].filter((name) =>
    /\.m(p4|4s)$/.test(name),
  );
  const parts = await Promise.all(names.sort().map((name) => objects.get(place.bucket, `${place.folder}/${folder}/${name}`)));
  const path = join(stand.folder, 'joined.mp4');
  await writeFile(path, Buffer.concat(parts.map((part) => part ?? new Uint8Array())));
  const { stdout } = await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...decryption, '-i', path, '-f', 'framemd5', '-'] });
  return stdout;
}

it('publishes a title encrypted and keeps its clear media out of reach', async () => {
  const plan = await packagedTitle(stand, { drm: drmRequest('cbcs'), size: '480x360' });
  const { videoId } = plan;
  expect(await stored(videoId)).toEqual(['g1/title.json']);
  await stand.run(verify, plan);
  await protectWhole(stand, { videoId, generation: 1 });
  await stand.run(publish, plan);
  const names = await stored(videoId);
  expect(names.filter((name) => /\.(m4s|mp4)$/.test(name) && !name.startsWith('g1/drm/cbcs/'))).toEqual([]);
  expect(names.filter((name) => name.startsWith('g1/drm/cbcs/h264/360p/'))).toHaveLength(5);
  for (const name of Object.values(MANIFEST_NAMES)) {
    const text = Buffer.from((await stand.deps.objects.get('transcoded', `${videoId}/${name}`)) ?? []).toString();
    expect(text.match(/g1\/(?!drm\/cbcs\/)/g)).toBeNull();
    expect(text).toContain(fixedKey(videoId, 'AUDIO').kid.slice(0, 8));
  }
  expect((await stand.deps.videos.find(videoId))?.protection).toEqual({ ...drmRequest('cbcs'), sinceGeneration: 1 });
  const rows = (await stand.deps.tasks.listForVideo(videoId, 1)).filter(({ taskType }) => taskType === 'drm');
  expect(rows.map(({ codec, segmentIndex, status }) => [codec, segmentIndex, status])).toEqual([
    [null, null, 'completed'],
    [null, 0, 'completed'],
    ['h264', 0, 'completed'],
  ]);
});

it('takes families in encrypted that join later, with the sound that is published', async () => {
  const drm = drmRequest('cenc');
  const plan = await packagedTitle(stand, { drm });
  const run = { videoId: plan.videoId, generation: 1 };
  await protectWhole(stand, run);
  await stand.run(publish, plan);
  const family = { ...run, family: 'av1' } as const;
  await stand.deps.families.ask(family);
  const planned = await plannedJoining(stand, family);
  expect(planned.isProtected).toBe(true);
  const ref = { ...run, planSha256: planned.planSha256, joins: 'av1' } as const;
  for (let chunkIndex = 0; chunkIndex < planned.chunkCount; chunkIndex++)
    await stand.run(transcodeChunk, { ...ref, family: 'av1', chunkIndex, chunkCount: planned.chunkCount });
  await stand.run(packageJoining, ref);
  await stand.run(verifyJoining, ref);
  // What is temporary may be gone by then, the clear sound of the title with it.
  await protectWhole(stand, { ...run, joins: 'av1' });
  await stand.run(publishJoining, ref);
  const text = Buffer.from((await stand.deps.objects.get('transcoded', `${run.videoId}/manifest.mpd`)) ?? []).toString();
  expect([...new Set([...text.matchAll(/g1\/(drm\/cenc\/\w+)\//g)].map((match) => match[1]))]).toEqual([
    'drm/cenc/h264',
    'drm/cenc/av1',
    'drm/cenc/audio',
  ]);
  const isClear = (name: string) => /\.(m4s|mp4)$/.test(name) && !name.startsWith('g1/drm/');
  expect((await stored(run.videoId)).filter(isClear)).toEqual([]);
  await stand.deps.objects.remover('transcoded').removeFamily(family, () => undefined);
  expect((await stored(run.videoId)).filter((name) => name.includes('av1'))).toEqual([]);
});

describe('a title that is published clear', () => {
  const drm = drmRequest('cbcs');
  const run = () => ({ videoId, generation: 1 });
  let videoId: string;
  let plan: PlanRef;
  beforeAll(async () => {
    plan = await packagedTitle(stand, { size: '480x360' });
    ({ videoId } = plan);
    await stand.run(publish, plan);
  });

  const hls = async () => Buffer.from((await stand.deps.objects.get('transcoded', `${videoId}/manifest.m3u8`)) ?? []).toString();
  const clearMedia = async () => (await stored(videoId)).filter(isClearMedia);

  it('is left alone until its protection is asked for, and while a family is being made', async () => {
    await expect(stand.run(beginProtection, run())).rejects.toMatchObject({ type: 'Cancelled' });
    const video = await stand.deps.videos.find(videoId);
    expect(await stand.deps.protections.ask(video!, drm)).toBe(true);
    // A request stays until it has failed.
    const cenc = drmRequest('cenc');
    expect(await stand.deps.protections.ask(video!, cenc)).toBe(false);
    await stand.deps.videos.addWarning(run(), { step: 'drm', message: 'given up' });
    expect(await stand.deps.protections.ask((await stand.deps.videos.find(videoId))!, cenc)).toBe(true);
    expect(await stand.deps.videos.find(videoId)).toMatchObject({ encoding: { drm: cenc }, warnings: [] });
    await stand.setRow(videoId, { encoding: { ...video!.encoding, drm } });
    await stand.deps.families.ask({ ...run(), family: 'hevc' });
    await stand.deps.families.move({ ...run(), family: 'hevc' }, { from: ['pending'], state: 'running' });
    expect(await stand.run(beginProtection, run())).toEqual({ notYet: true });
    // A family that would be planned now waits for the title, which does not wait for it in turn.
    const hevc = { ...run(), family: 'hevc' } as const;
    expect(await stand.run(planJoining, hevc)).toEqual({ notYet: true });
    expect(await stand.run(beginProtection, run())).toEqual({ families: [] });
    await stand.deps.videos.addWarning(run(), { step: 'drm', message: 'given up' });
    await expect(stand.run(planJoining, hevc)).rejects.toMatchObject({ type: 'EncryptionFailed' });
    expect(await stand.deps.protections.ask((await stand.deps.videos.find(videoId))!, drm)).toBe(true);
    await stand.deps.families.move(hevc, { from: ['running', 'pending'], state: 'cancelled' });
  });

  it('is played clear until all of it is encrypted, and nothing clear is left afterwards', async () => {
    expect(await stand.run(beginProtection, run())).toEqual({ families: [] });
    const before = await hls();
    const clear = await clearMedia();
    await protectWhole(stand, run());
    expect(await hls()).toBe(before);
    expect(await clearMedia()).toEqual(clear);
    const remove = (deps: typeof stand.deps, ref: RunRef) => removeClear({ ...deps, clearPictureMaxHeight: 200 }, ref, () => undefined);
    await stand.run(thumbnails, plan);
    // Made before the protection was asked for.
    await stand.deps.objects.put('transcoded', thumbnailKeys.preview(videoId, 1), 'a preview', OBJECTS.preview);
    const large = ['g1/thumbnails/poster.jpg', 'g1/thumbnails/poster_240.avif', 'g1/thumbnails/preview.mp4'];
    expect(await stored(videoId)).toEqual(expect.arrayContaining(large));
    await expect(stand.run(remove, run())).rejects.toMatchObject({ type: 'OutputInvalid' });
    const change = (deps: typeof stand.deps, ref: RunRef) => switchToProtected(deps, ref, () => undefined);
    await stand.run(change, run());
    expect(await hls()).toContain('g1/drm/cbcs/h264/360p/playlist.m3u8');
    const switching = await stand.deps.videos.find(videoId);
    expect(switching?.isDrmSwitching).toBe(1);
    // One that was given up between the manifests can be asked for again.
    expect(await stand.deps.protections.ask(switching!, drmRequest('cenc'))).toBe(false);
    await stand.deps.videos.addWarning(run(), { step: 'drm', message: 'given up' });
    expect(await stand.deps.protections.ask((await stand.deps.videos.find(videoId))!, drm)).toBe(true);
    // A family that waited is planned at once.
    const joining = { ...run(), family: 'hevc' } as const;
    await stand.deps.families.ask(joining);
    expect(await stand.run(planJoining, joining)).toMatchObject({ isProtected: true });
    // Both can be repeated, as after a worker was lost.
    for (let times = 0; times < 2; times++) {
      await stand.run(change, run());
      await stand.run(remove, run());
    }
    expect(await recordedPlan(stand.deps.objects, run())).toBeNull();
    expect((await recordedPlan(stand.deps.objects, run(), 'hevc'))?.plan.protection).toEqual(drm);
    await stand.deps.families.move(joining, { from: ['running'], state: 'cancelled' });
    expect(await clearMedia()).toEqual([]);
    expect(await stored(videoId)).toContain('g1/thumbnails/thumb_001.jpg');
    expect((await stored(videoId)).filter((name) => large.includes(name))).toEqual([]);
    expect(await hls()).toContain('g1/images/playlist.m3u8');
    expect((await stand.deps.videos.find(videoId))?.thumbnailKey).toBeNull();
    expect(await stand.deps.videos.find(videoId)).toMatchObject({
      protection: { scheme: 'cbcs', sinceGeneration: 1 },
      isDrmSwitching: 0,
    });
  });

  it('stays encrypted: it cannot be asked for again, a republication keeps it, and a retry plans it anew', async () => {
    const video = await stand.deps.videos.find(videoId);
    expect(await stand.deps.protections.ask(video!, drmRequest('cenc'))).toBe(false);
    const before = await hls();
    await stand.run(publish, plan);
    expect(await hls()).toBe(before);
    expect(await inspectRun(stand.deps, run())).toMatchObject({ lost: true });
    await stand.setRow(videoId, { generation: 2, status: 'probing' });
    const next = { videoId, generation: 2 };
    await stand.run(probe, next);
    await stand.run(split, next);
    expect((await recordedPlan(stand.deps.objects, next))?.plan.protection).toEqual(drm);
  });
});

describe.each<CodecFamily>(['h264', 'hevc', 'vp9', 'av1'])('%s', (family) => {
  let videoId: string;
  beforeAll(async () => {
    ({ videoId } = await packagedTitle(stand, { family }));
  });

  if (family === 'av1') {
    it('has metadata between its frames, which the packager cannot skip', async () => {
      const place = clearPlace({ videoId, generation: 1 });
      const segment = await stand.deps.objects.get(place.bucket, `${place.folder}/av1/180p/segment_00001.m4s`);
      expect(hideObus(sampleData(segment ?? new Uint8Array())).length).toBeGreaterThan(0);
    });
  }

  it.each<DrmScheme>(['cbcs', 'cenc'])('has the same frames behind %s', async (scheme) => {
    await stand.setRow(videoId, { encoding: { isStrict: false, families: {}, drm: drmRequest(scheme) } });
    await protectWhole(stand, { videoId, generation: 1 });
    const run = { videoId, generation: 1 };
    const clear = await frames(clearPlace(run), `${family}/180p`);
    const decryption = ['-decryption_key', fixedKey(videoId, 'SD').key];
    expect(clear.split('\n').length).toBeGreaterThan(60);
    expect(await frames(protectedPlace(run, scheme), `${family}/180p`, decryption)).toBe(clear);
    const wrong = ['-decryption_key', fixedKey(videoId, 'HD').key];
    expect(await frames(protectedPlace(run, scheme), `${family}/180p`, wrong).catch(() => 'not decodable')).not.toBe(clear);
  });
});

describe('a piece', () => {
  const titles = new Map<DrmScheme, string>();
  beforeAll(async () => {
    for (const scheme of ['cbcs', 'cenc'] as const) {
      const { videoId } = await packagedTitle(stand, { drm: drmRequest(scheme), size: '480x360' });
      titles.set(scheme, videoId);
      await runDrm(stand, planProtection, { videoId, generation: 1 });
    }
  });

  const pieceOf = (scheme: DrmScheme) => ({ videoId: titles.get(scheme) ?? '', generation: 1, group: 'h264', pieceIndex: 0 }) as const;

  /** Spoils what the packager is told or what it has made. */
  interface Fault {
    scheme?: DrmScheme;
    args?: (arg: string) => string;
    input?: (input: string) => string;
    output?: (folder: string) => Promise<void>;
  }

  const SEGMENT = 'encrypted_0/segment_00001.m4s';
  const flipped = async (folder: string, at: number) => {
    const bytes = await readFile(join(folder, SEGMENT));
    bytes[bytes.length - at] = (bytes[bytes.length - at] ?? 0) ^ 1;
    await writeFile(join(folder, SEGMENT), bytes);
  };
  const onlyDigits = (name: string, replaced: string) => (input: string) =>
    input.replace(new RegExp(`${name}=[\\da-f]{32}`, 'g'), `${name}=${replaced}`);

  const FAULTS: [string, Fault, RegExp][] = [
    ['a clear lead', { args: (arg) => (arg === '0' ? '60' : arg) }, /expected one sample entry|expected one senc/],
    ['another scheme', { args: (arg) => (arg === 'cbcs' ? 'cenc' : arg) }, /the scheme is cenc/],
    ['another key id', { input: onlyDigits('key_id', 'a'.repeat(32)) }, /key id is another one|did not pass/],
    ['another key', { input: onlyDigits('key', 'b'.repeat(32)) }, /decrypts to something else/],
    ['another constant IV', { input: onlyDigits('iv', 'c'.repeat(32)) }, /the IV is another one/],
    ['an altered sample', { output: (folder) => flipped(folder, 1) }, /decrypts to something else/],
    ['segments of another length', { args: (arg) => (arg.startsWith('5.9') ? '12' : arg) }, /missing|another sampleCount/],
    ['a segment that is missing', { output: (folder) => rm(join(folder, SEGMENT)) }, /a segment is missing/],
    ['clear segments', { output: clearSegment }, /expected one senc/],
    ['the same IVs in two streams', { scheme: 'cenc', input: (input) => `${input}--iv=0102030405060708\n` }, /share IVs/],
    [
      'IVs of another size',
      { scheme: 'cenc', input: (input) => `${input}--iv=${'0102030405060708'.repeat(2)}\n` },
      /the IV is another one/,
    ],
  ];

  async function clearSegment(folder: string): Promise<void> {
    const { videoId } = pieceOf('cbcs');
    const clear = await stand.deps.objects.get('segments', `${videoId}/g1/h264/360p/segment_00001.m4s`);
    await writeFile(join(folder, SEGMENT), clear ?? new Uint8Array());
  }

  it.each(FAULTS)('with %s is refused before anything is stored', async (_, { scheme = 'cbcs', args, input, output }, problem) => {
    const piece = pieceOf(scheme);
    const before = await stored(piece.videoId);
    const spoilt = async (run: ToolRun) => {
      const { secretInput = '' } = run;
      const result = await runTool({
        ...run,
        args: args ? run.args.map(args) : run.args,
        secretInput: input ? input(secretInput) : secretInput,
      });
      await output?.(run.cwd ?? '');
      return result;
    };
    await expect(runDrm(stand, protectPiece, piece, { runTool: spoilt })).rejects.toMatchObject({
      type: 'OutputInvalid',
      nonRetryable: true,
      message: expect.stringMatching(problem),
    });
    expect(await stored(piece.videoId)).toEqual(before);
  });

  it('is done once, and again when its objects are gone or its clear segments are others', async () => {
    const piece = pieceOf('cenc');
    let runs = 0;
    const runTool_ = (run: ToolRun) => {
      runs += 1;
      return runTool(run);
    };
    const again = () => runDrm(stand, protectPiece, piece, { runTool: runTool_ });
    await again();
    await again();
    expect(runs).toBe(1);
    const key = (root: string, name: string) => `${piece.videoId}/g1/${root}h264/240p/${name}`;
    await stand.deps.objects.put('transcoded', key('drm/cenc/', 'segment_00002.m4s'), 'x', { contentType: 'video/mp4' });
    await again();
    expect(runs).toBe(2);
    const clear = await stand.deps.objects.get('segments', key('', 'init.mp4'));
    await stand.deps.objects.put(
      'segments',
      key('', 'init.mp4'),
      (clear ?? new Uint8Array()).map((byte, index) => (index === 20 ? byte ^ 1 : byte)),
      {
        contentType: 'video/mp4',
      },
    );
    await again();
    expect(runs).toBe(3);
  });

  it('shows no key in arguments, environment, failures or logs', async () => {
    const piece = pieceOf('cbcs');
    const said: string[] = [];
    const noted: string[] = [];
    const logger = {
      log: (text: string) => said.push(text),
      warn: (text: string) => said.push(text),
      error: (text: string) => said.push(text),
    };
    const broken = (run: ToolRun) => {
      noted.push(run.args.join(' '));
      return runTool({ ...run, secretInput: (run.secretInput ?? '').replace('key_id=', 'keyid=') });
    };
    const failure = await runDrm(stand, protectPiece, piece, { runTool: broken, logger }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ type: 'EncryptionFailed' });
    const shown = JSON.stringify([failure, said, noted, process.env]);
    for (const label of ['AUDIO', 'SD'] as const) expect(shown).not.toContain(fixedKey(piece.videoId, label).key);
  });

  it.each([
    ['KeyProviderDenied', true],
    ['KeyProviderUnavailable', false],
  ] as const)('ends with %s of the key provider, for good: %s', async (type, nonRetryable) => {
    const contentKeys = { keysOf: () => Promise.reject(new Failure(type, 'No keys.')) };
    const other = { ...pieceOf('cbcs'), group: 'audio' } as const;
    await expect(runDrm(stand, protectPiece, other, { contentKeys })).rejects.toMatchObject({ type, nonRetryable });
  });

  it('is missing from the playlists until all are done', async () => {
    const { videoId } = pieceOf('cbcs');
    await expect(runDrm(stand, packageProtected, { videoId, generation: 1 })).rejects.toMatchObject({ type: 'PlanInvalid' });
  });
});
