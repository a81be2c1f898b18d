import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { IdempotencyKey, TakesIdempotencyKey } from '../problems/idempotency-key.decorator';
import { CreateIngest } from './create-ingest';
import { IngestBatches } from './ingest-batches';
import { BatchAcceptedDto, BatchQueryDto, BatchReportDto, CreateBatchDto, CreateIngestDto, IngestAcceptedDto } from './ingest-schemas';

@ApiTags('uploads')
@Controller(`${API_PREFIX}/videos/ingest`)
export class IngestController {
  constructor(
    private readonly pulls: CreateIngest,
    private readonly batches: IngestBatches,
  ) {}

  @Post()
  @RequireScope('videos:write')
  @Refuses({
    409: 'The pull that this Idempotency-Key began has ended',
    502: 'The service has no key that could wrap the secret of a webhook',
  })
  @ApiOperation({ operationId: 'ingestVideo', summary: 'Pull a video from a URL or from the object store, then process it' })
  @TakesIdempotencyKey()
  @ZodResponse({ status: 202, type: IngestAcceptedDto })
  create(
    @CallerParam() caller: Caller,
    @Body() body: CreateIngestDto,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<IngestAcceptedDto> {
    return this.pulls.create(caller, body, idempotencyKey);
  }

  @Post('batch')
  @RequireScope('videos:write')
  @Refuses({ 502: 'The service has no key that could wrap the secret of webhooks' })
  @ApiOperation({ operationId: 'ingestVideos', summary: 'Pull up to 1000 videos' })
  @TakesIdempotencyKey()
  @ZodResponse({ status: 202, type: BatchAcceptedDto })
  createBatch(
    @CallerParam() caller: Caller,
    @Body() body: CreateBatchDto,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<BatchAcceptedDto> {
    return this.batches.create(caller, body, idempotencyKey);
  }

  @Get('batches/:batchId')
  @RequireScope('videos:read', 'videos:write')
  @ApiOperation({ operationId: 'getIngestBatch', summary: 'How far a batch is: videos by status, and its items page by page' })
  @ZodResponse({ status: 200, type: BatchReportDto })
  report(@CallerParam() caller: Caller, @Param('batchId') batchId: string, @Query() query: BatchQueryDto): Promise<BatchReportDto> {
    return this.batches.report(caller, batchId, query);
  }
}
