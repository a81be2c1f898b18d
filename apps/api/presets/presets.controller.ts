import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { Preset } from '../../../temporal/contract/media/presets';
import { DEFAULT_TIERS } from '../../../temporal/contract/media/encoding';
import { DEFAULT_LOUDNESS_LUFS } from '../../../temporal/contract/media/sound';
import { DEFAULT_MODERATION_THRESHOLD } from '../../../temporal/contract/media/moderation';
import { API_PREFIX } from '../api-prefix';
import { RequireScope } from '../auth/scope.decorator';
import { PRESET_TABLE } from '../dependencies/tokens';
import { viewOfThumbnails } from '../pictures/thumbnail-choice';
import { viewOfWatermark } from '../watermarks/watermark-choice';
import { PresetsDto, type PresetView } from './preset-schemas';
import type { PresetTable } from './preset-table';

/** What an upload may ask for by one name. */
@ApiTags('videos')
@Controller(API_PREFIX)
export class PresetsController {
  constructor(@Inject(PRESET_TABLE) private readonly table: PresetTable) {}

  @Get('presets')
  @RequireScope('videos:read', 'videos:write')
  @ApiOperation({ operationId: 'listPresets', summary: 'Presets: codec families, effort and quality of their encoders' })
  @ZodResponse({ status: 200, type: PresetsDto })
  presets(): PresetsDto {
    return { presets: this.table.presets.map((preset) => ({ ...presetView(preset), is_default: preset.name === this.table.defaultName })) };
  }
}

function presetView({
  name,
  description,
  codecs,
  highestRung,
  lowestRung,
  moderation = 'off',
  moderationThreshold = DEFAULT_MODERATION_THRESHOLD,
  tiers = DEFAULT_TIERS,
  watermark,
  hlsTs = false,
  earlyPlayback = true,
  speech = false,
  audioCodecs = ['aac'],
  stereoBps,
  loudnessLufs = DEFAULT_LOUDNESS_LUFS,
  thumbnails,
  families,
}: Preset): Omit<PresetView, 'is_default'> {
  const views = Object.entries(families).map(([family, { speed, crf = null, capPercent: cap_percent = 100 }]) => [
    family,
    { speed, crf, cap_percent },
  ]);
  return {
    ...{ name, description, codecs: [...codecs], highest_rung: highestRung ?? null, lowest_rung: lowestRung ?? null },
    ...{ moderation, moderation_threshold: moderationThreshold },
    hls_ts: hlsTs,
    early_playback: earlyPlayback,
    subtitles: speech ? 'auto' : 'off',
    watermark: watermark ? viewOfWatermark(watermark) : null,
    audio_codecs: [...audioCodecs],
    audio_kbps: stereoBps === undefined ? null : stereoBps / 1000,
    loudness: loudnessLufs ?? 'off',
    thumbnails: thumbnails ? viewOfThumbnails(thumbnails) : null,
    tiers: Object.fromEntries(tiers.map(({ family, aboveViewsPerHour }) => [family, aboveViewsPerHour])),
    families: Object.fromEntries(views) as PresetView['families'],
  };
}
