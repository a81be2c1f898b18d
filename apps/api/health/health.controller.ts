import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Client } from '@temporalio/client';
import type { Response } from 'express';
import { createZodDto, ZodResponse } from 'nestjs-zod';
import { z } from 'zod';
import { VideoLists } from '../../../infra/database/video-lists';
import { describeQueues, listWorkers } from '../../../temporal/queue-state';
import { API_PREFIX } from '../api-prefix';
import { PublicWithoutLimit } from '../auth/public.decorator';
import { Dependencies } from '../dependencies/dependencies';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { Metrics } from './metrics';
import { withinScrape } from './within-scrape';

const state = z.enum(['up', 'down', 'preparing']);
const RETRY_AFTER_SECONDS = 2;

class LiveDto extends createZodDto(z.object({ status: z.literal('ok') }).meta({ id: 'Live' })) {}
class ReadyDto extends createZodDto(
  z
    .object({
      status: z.literal('ok'),
      checks: z.object({ mysql: state, object_store: state, temporal: state }),
      key_providers: z
        .record(z.string(), z.enum(['usable', 'unusable']))
        .describe('Videos without protection need none; the log says why one is unusable'),
    })
    .meta({ id: 'Ready' }),
) {}

/** For probes and scrapers, at the root and below the API's prefix. */
@ApiTags('health')
@PublicWithoutLimit()
@Controller(['', API_PREFIX])
export class HealthController {
  constructor(
    private readonly dependencies: Dependencies,
    private readonly metrics: Metrics,
    private readonly lists: VideoLists,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
  ) {}

  @Get('health/live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'The process serves requests' })
  @ZodResponse({ status: 200, type: LiveDto })
  live(): LiveDto {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({ operationId: 'getReadiness', summary: 'MySQL, object storage and Temporal answer' })
  @ZodResponse({ status: 200, type: ReadyDto })
  async ready(): Promise<ReadyDto> {
    const checks = await this.dependencies.states();
    const waitingFor = Object.entries(checks)
      .filter(([, value]) => value !== 'up')
      .map(([name]) => name);
    if (waitingFor.length > 0) {
      throw new Problem(503, 'NotReady', `Waiting for ${waitingFor.join(', ')}.`, {
        headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) },
        extensions: { checks },
      });
    }
    return { status: 'ok', checks, key_providers: this.dependencies.keyProviders() };
  }

  @Get('metrics')
  @ApiOperation({ operationId: 'getMetrics', summary: 'Metrics in the Prometheus text format' })
  @ApiProduces('text/plain')
  async scrape(@Res() response: Response): Promise<void> {
    const [states, counts, workers, queues] = await Promise.all([
      this.dependencies.states(),
      withinScrape(this.lists.count()).catch(() => null),
      withinScrape(listWorkers(this.temporal)).catch(() => null),
      withinScrape(describeQueues(this.temporal)).catch(() => null),
    ]);
    this.metrics.setDependencies(states);
    if (counts) this.metrics.setVideos(counts);
    if (workers) this.metrics.setWorkers(workers);
    if (workers && queues) this.metrics.queues.set(queues, workers);
    response.set('Content-Type', this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
