import { Inject, Injectable } from '@nestjs/common';
import { ContentKeys } from '../../../../infra/content-keys/content-keys';
import { isLadderEmpty, type EncodingRequest } from '../../../../temporal/contract/media/encoding';
import type { Caller } from '../../auth/caller.decorator';
import { PRESET_TABLE } from '../../dependencies/tokens';
import { drmRequestOf } from '../../drm/drm-schemas';
import { refuseUnknownProvider } from '../../drm/protect-video';
import { PlaybackTokens } from '../../playback/playback-tokens';
import type { PresetTable } from '../../presets/preset-table';
import { resolvePreset, type ResolvedPreset } from '../../presets/resolve-preset';
import { Problem } from '../../problems/problem';
import { thumbnailsOf } from '../../pictures/thumbnail-choice';
import { watermarkOf } from '../../watermarks/watermark-choice';
import { Watermarks } from '../../watermarks/watermarks';
import type { CreateUploadDto } from '../upload-schemas';
import { customLadderOf } from './ladder-choice';

export type AskedEncoding = ResolvedPreset & { preset: string };

/** What uploads ask for, by the name of a preset and beside it. */
@Injectable()
export class AskedEncodings {
  constructor(
    @Inject(PRESET_TABLE) private readonly table: PresetTable,
    private readonly watermarks: Watermarks,
    private readonly contentKeys: ContentKeys,
    private readonly tokens: PlaybackTokens,
  ) {}

  /**
   * Throws a 422 problem for a preset or a key provider that there is not, for signed playback without a secret, for a ladder without rungs or with bounds beside it, and for MPEG-TS segments of a video
   * that is protected or has no H.264.
   */
  resolve(request: CreateUploadDto): AskedEncoding {
    if (request.playback === 'signed') this.tokens.needSecret();
    const { presets, defaultName } = this.table;
    const wanted = request.preset ?? defaultName;
    const preset = presets.find(({ name }) => name === wanted);
    if (!preset) {
      const names = presets.map(({ name }) => name).join(', ');
      const sentence = `There is no preset of that name; the presets are ${names}. strict is a flag of its own.`;
      throw new Problem(422, 'PresetUnknown', sentence, { extensions: { field: 'preset' } });
    }
    const { codecs, strict: isStrict, hdr, highest_rung: highestRung, lowest_rung: lowestRung } = request;
    const { moderation, moderation_threshold: moderationThreshold, hls_ts: hlsTs, audio_codecs: audioCodecs, loudness } = request;
    const watermark = request.watermark && watermarkOf(request.watermark);
    const thumbnails = request.thumbnails && thumbnailsOf(request.thumbnails);
    const speech = request.subtitles && request.subtitles === 'auto';
    const spoken = { speech, spokenLanguage: request.subtitles_language };
    const { early_playback: earlyPlayback } = request;
    const ladder = request.ladder && customLadderOf(request.ladder);
    if (ladder && (highestRung || lowestRung)) throw ladderBounded();
    const asked = {
      moderation,
      moderationThreshold,
      watermark,
      hlsTs,
      audioCodecs,
      loudness,
      thumbnails,
      ladder,
      earlyPlayback,
      ...spoken,
    };
    const resolved = resolvePreset(preset, { codecs, isStrict, hdr, highestRung, lowestRung, ...asked });
    if (isLadderEmpty(resolved.encoding)) {
      const advice = 'swap them, leave one out, or name another preset.';
      throw new Problem(422, 'LadderEmpty', `highest_rung is below lowest_rung, of the upload or of its preset; ${advice}`);
    }
    refuseImpossibleTs(request, resolved);
    // What is the default is not recorded, as before there was a choice.
    const gpu = request.gpu === 'auto' ? {} : { gpu: request.gpu };
    return { preset: preset.name, ...resolved, encoding: { ...resolved.encoding, ...gpu, ...this.protection(request) } };
  }

  private protection({ drm: asked }: CreateUploadDto): Pick<EncodingRequest, 'drm'> {
    if (!asked) return {};
    const drm = drmRequestOf(asked);
    refuseUnknownProvider(this.contentKeys, drm);
    return { drm };
  }

  /** The encoding as it is recorded, with the raster of its watermark. Throws a 422 problem where there is no such watermark. */
  async recorded(caller: Caller, request: CreateUploadDto, { encoding, watermark }: AskedEncoding): Promise<EncodingRequest> {
    if (!watermark) return encoding;
    return { ...encoding, watermark: await this.watermarks.recorded(watermark, request.watermark ? caller : null) };
  }
}

function ladderBounded(): Problem {
  return new Problem(422, 'LadderBounded', 'ladder names its rungs itself; leave highest_rung and lowest_rung out, or the ladder.');
}

function refuseImpossibleTs({ drm }: CreateUploadDto, { codecs, encoding }: ResolvedPreset): void {
  if (!encoding.hlsTs) return;
  if (drm) {
    const advice = 'MPEG-TS segments are not encrypted; leave drm out, or send hls_ts: false.';
    throw new Problem(422, 'TsNotProtected', `hls_ts, of the upload or of its preset, does not go with drm: ${advice}`);
  }
  if (codecs.includes('h264')) return;
  throw new Problem(
    422,
    'TsNeedsH264',
    'hls_ts, of the upload or of its preset, needs h264 among the codecs; add it, or send hls_ts: false.',
  );
}
