import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { createS3Client } from '../../../infra/object-store/s3-client';
import { STORE_ANSWERS_WITHIN_MS } from '../dependencies/store-patience';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';

/** The store as the origin uses it: a viewer who pauses leaves a connection to the store silent for as long. */
@Injectable()
export class OriginStore implements OnApplicationShutdown {
  readonly store: ObjectStore;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.store = new ObjectStore(
      createS3Client(config.s3, { socketTimeoutMs: 0, answerWithinMs: STORE_ANSWERS_WITHIN_MS }),
      config.buckets,
    );
  }

  onApplicationShutdown(): void {
    this.store.destroy();
  }
}
