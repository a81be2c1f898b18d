import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkRef, PlanRef, ProtectionRef } from '../../../temporal/contract/activities';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { DrmRequest, DrmScheme } from '../../../temporal/contract/media/protection';
import { audio } from '../../audio/audio';
import { runTool } from '../../media-tools/run-tool';
import { packageManifests } from '../../package/package-manifests';
import { probe } from '../../probe/probe';
import { split } from '../../split/split';
import type { ActivityStand } from '../../test-media/activity-stand';
import { transcodeChunk } from '../../transcode/transcode-chunk';
import type { ActivityDependencies } from '../../task/activity-dependencies';
import { packageProtected } from '../package-protected';
import { planProtection } from '../plan-protection';
import { protectPiece } from '../protect-piece';
import { fixedKeys } from './fixed-keys';

export function drmRequest(scheme: DrmScheme): DrmRequest {
  return { scheme, systems: scheme === 'cbcs' ? ['widevine', 'playready', 'fairplay'] : ['widevine', 'playready'], keyProvider: 'local' };
}

/** Marks that encoders of all families pass on. */
const MASTERING_DATA = 'mastering-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):cll=1000,400';

interface TitleWishes {
  drm?: DrmRequest;
  family?: CodecFamily;
  seconds?: number;
  size?: string;
  /** In frames per second, as ffmpeg takes it. */
  rate?: string;
  isSilent?: boolean;
}

/** A packaged title of a generated clip, with two tracks in two codecs unless it is to be silent. */
export async function packagedTitle(
  stand: ActivityStand,
  { drm, family = 'h264', seconds = 7, size = '320x180', rate = '10', isSilent = false }: TitleWishes = {},
): Promise<PlanRef> {
  const path = join(stand.folder, `${size}_${seconds}.mp4`);
  const tones = isSilent ? [] : ['sine=440:sample_rate=48000', 'sine=880:sample_rate=44100'];
  const sounds = tones.flatMap((tone) => ['-f', 'lavfi', '-i', tone]);
  const maps = ['-map', '0', ...tones.flatMap((_, index) => ['-map', String(index + 1)])];
  const inputs = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}`, ...sounds, ...maps];
  const encoders = ['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', MASTERING_DATA, '-c:a', 'aac'];
  if (!isSilent) encoders.push('-metadata:s:a:1', 'language=deu');
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', '-y', ...inputs, '-t', String(seconds), ...encoders, path] });
  const sound = { codecs: ['aac', 'opus'], loudnessLufs: null } as const;
  const encoding = { isStrict: false, families: {}, sound, ...(drm ? { drm } : {}) };
  const videoId = await stand.addVideo({ codecs: [family], encoding }, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256, families } = await stand.run(split, run);
  const plan = { ...run, planSha256 };
  const chunkCount = families[0]?.chunkCount ?? 0;
  for (let chunkIndex = 0; chunkIndex < chunkCount; chunkIndex++) {
    await stand.run(transcodeChunk, { ...plan, family, chunkIndex, chunkCount } satisfies ChunkRef);
  }
  if (!isSilent) await stand.run(audio, { ...plan, redo: false });
  await stand.run(packageManifests, { ...plan, verifiedLater: true });
  return plan;
}

/** Runs a drm activity of the stand with fixed keys. */
export function runDrm<Input, Result>(
  stand: ActivityStand,
  activity: (deps: ActivityDependencies, input: Input) => Promise<Result>,
  input: Input,
  replaced: Partial<ActivityDependencies> = {},
): Promise<Result> {
  return stand.run(activity, input, { contentKeys: fixedKeys, ...replaced });
}

/** All of the step. */
export async function protectWhole(stand: ActivityStand, ref: ProtectionRef): Promise<void> {
  const { groups } = await runDrm(stand, planProtection, ref);
  for (const { group, pieceCount } of groups) {
    for (let pieceIndex = 0; pieceIndex < pieceCount; pieceIndex++) await runDrm(stand, protectPiece, { ...ref, group, pieceIndex });
  }
  await runDrm(stand, packageProtected, ref);
}
