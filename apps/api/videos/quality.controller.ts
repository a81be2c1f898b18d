import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { ofKnownVersion } from '../../../temporal/contract/format-version';
import { qualityKey } from '../../../temporal/contract/object-keys';
import type { QualityReport } from '../../../temporal/contract/media/reports';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { Problem } from '../problems/problem';
import { VideoAccess } from './video-access';

const quality = z
  .object({
    video_id: z.string(),
    generation: z.int(),
    duration_ms: z.int(),
    source_duration_ms: z.int(),
    audio_offset_ms: z
      .int()
      .nullable()
      .describe('Start of the audio track after the picture; the encoder priming before zero is trimmed by players'),
    renditions: z.array(
      z.object({
        rendition: z.string(),
        average_bps: z.int(),
        peak_bps: z.int(),
        bound_bps: z.int(),
        vmaf: z.object({ mean: z.number(), lowest: z.number(), frames: z.int() }).nullable().describe('Of frames sampled over the title'),
        vmaf_bar: z.number().nullable(),
      }),
    ),
    dropped_frames: z.int().optional().describe('Frames of the source that no frame of the streams shows'),
    problems: z.array(z.string()).describe('Findings below their bar; empty when there are none'),
  })
  .meta({ id: 'Quality' });

class QualityDto extends createZodDto(quality) {}

@ApiTags('videos')
@Controller(`${API_PREFIX}/videos`)
export class QualityController {
  constructor(
    private readonly access: VideoAccess,
    private readonly objects: ObjectStore,
  ) {}

  @Get(':id/quality')
  @RequireScope('videos:read')
  @Refuses({ 409: 'The streams are not measured yet' })
  @ApiOperation({ operationId: 'getVideoQuality', summary: 'Quality of the finished streams, measured before publishing' })
  @ZodResponse({ status: 200, type: QualityDto })
  async quality(@CallerParam() caller: Caller, @Param('id') id: string): Promise<QualityDto> {
    const { videoId, generation, status } = await this.access.find(caller, id);
    const report = ofKnownVersion(await this.objects.getJson<QualityReport>('transcoded', qualityKey(videoId, generation)));
    if (!report) throw new Problem(409, 'QualityNotMeasured', `The streams of this video are not measured yet; its status is ${status}.`);
    return {
      video_id: videoId,
      generation,
      duration_ms: report.durationMs,
      source_duration_ms: report.sourceDurationMs,
      audio_offset_ms: report.audioOffsetMs,
      ...(report.droppedFrames === undefined ? {} : { dropped_frames: report.droppedFrames }),
      renditions: report.renditions.map(({ folder, averageBps, peakBps, boundBps, vmaf, vmafBar }) => ({
        ...{ rendition: folder, average_bps: averageBps, peak_bps: peakBps, bound_bps: boundBps, vmaf, vmaf_bar: vmafBar },
      })),
      problems: report.problems,
    };
  }
}
