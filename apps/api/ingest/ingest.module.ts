import { Module } from '@nestjs/common';
import { UploadsModule } from '../uploads/uploads.module';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { CreateIngest } from './create-ingest';
import { IngestBatches } from './ingest-batches';
import { IngestIntake } from './ingest-intake';
import { IngestOperations } from './ingest-operations';
import { IngestStarter } from './ingest-starter';
import { PlanPulls } from './plan-pulls';
import { IngestController } from './ingest.controller';

@Module({
  imports: [UploadsModule, WebhooksModule],
  controllers: [IngestController],
  providers: [PlanPulls, IngestIntake, CreateIngest, IngestBatches, IngestOperations, IngestStarter],
  exports: [IngestOperations],
})
export class IngestModule {}
