import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { Refuses } from '../open-api/refuses.decorator';
import { VideoAccess } from '../videos/video-access';
import { CompleteUpload } from './complete-upload';
import { CreateUpload } from './start/create-upload';
import { UploadProgress } from './upload-progress';
import { IdempotencyKey, TakesIdempotencyKey } from '../problems/idempotency-key.decorator';
import {
  CompleteUploadDto,
  CreateUploadDto,
  SignedPartsDto,
  SignPartsDto,
  UploadCompletedDto,
  UploadCreatedDto,
  UploadStateDto,
} from './upload-schemas';

@ApiTags('uploads')
@Controller(`${API_PREFIX}/videos`)
export class UploadsController {
  constructor(
    private readonly access: VideoAccess,
    private readonly createUpload: CreateUpload,
    private readonly progress: UploadProgress,
    private readonly completeUpload: CompleteUpload,
  ) {}

  @Post('upload')
  @RequireScope('videos:write')
  @Refuses({
    409: 'The upload that this Idempotency-Key began has ended',
    502: 'The service has no key that could wrap the secret of a webhook',
  })
  @ApiOperation({ operationId: 'createUpload', summary: 'Start an upload' })
  @TakesIdempotencyKey()
  @ZodResponse({ status: 200, type: UploadCreatedDto })
  create(
    @CallerParam() caller: Caller,
    @Body() body: CreateUploadDto,
    @IdempotencyKey() idempotencyKey: string | null,
  ): Promise<UploadCreatedDto> {
    return this.createUpload.create(caller, body, idempotencyKey);
  }

  @Post(':id/upload/parts')
  @RequireScope('videos:write')
  @Refuses({ 409: 'The upload has ended' })
  @ApiOperation({ operationId: 'signUploadParts', summary: 'Sign the URLs of up to 100 parts' })
  @ZodResponse({ status: 200, type: SignedPartsDto })
  async signParts(@CallerParam() caller: Caller, @Param('id') id: string, @Body() body: SignPartsDto): Promise<SignedPartsDto> {
    return this.progress.signParts(await this.access.find(caller, id), body.part_numbers);
  }

  @Get(':id/upload')
  @RequireScope('videos:read', 'videos:write')
  @Refuses({ 409: 'The video has no upload, or it has ended' })
  @ApiOperation({ operationId: 'getUpload', summary: 'The parts received so far, for resuming' })
  @ZodResponse({ status: 200, type: UploadStateDto })
  async state(@CallerParam() caller: Caller, @Param('id') id: string): Promise<UploadStateDto> {
    return this.progress.state(await this.access.find(caller, id));
  }

  @Post(':id/upload/complete')
  @RequireScope('videos:write')
  @Refuses({ 409: 'Parts are missing, or the upload has ended' })
  @ApiOperation({ operationId: 'completeUpload', summary: 'Complete the upload and start processing; idempotent' })
  @ZodResponse({ status: 202, type: UploadCompletedDto })
  async complete(@CallerParam() caller: Caller, @Param('id') id: string, @Body() _body: CompleteUploadDto): Promise<UploadCompletedDto> {
    return this.completeUpload.complete(await this.access.find(caller, id));
  }

  @Delete(':id/upload')
  @RequireScope('videos:write')
  @HttpCode(204)
  @Refuses({ 409: 'The upload has ended' })
  @ApiOperation({ operationId: 'abortUpload', summary: 'Abort the upload' })
  async cancel(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.progress.cancel(await this.access.find(caller, id));
  }
}
