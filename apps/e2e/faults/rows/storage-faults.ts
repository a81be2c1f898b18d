import { UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { embeddedWorkerQueues } from '../../../../infra/stack/services/worker-queues';
import { HOUR_MS } from '../../../../temporal/contract/units';
import { SprocketClient } from '../../../../packages/client/src/sprocket-client';
import { apiUrl } from '../../scenes/published-video';
import type { Fault } from '../fault';
import { FlakyStorage } from '../flaky-storage';
import type { Scene } from '../scene';
import { until } from '../until';

const READY_LIMIT_MS = 420_000;

/** Faults of the way to the store. */
export const STORAGE_FAULTS: readonly Fault[] = [
  {
    name: 'flaky object storage',
    done: 'the only worker reaches the store through a proxy: 10 % of requests answered 503, 8 % cut off in the middle of a body, 10 % slow',
    advice: 'Look at the store. Requests are repeated, then tasks are; no attempt is lost.',
    core: false,
    play: async (scene) => {
      const proxy = await FlakyStorage.before(process.env['S3_ENDPOINT'] ?? '');
      try {
        await scene.stage.services.stop('worker');
        await scene.worker({ WORKER_QUEUES: embeddedWorkerQueues({ autoscaled: false }), S3_ENDPOINT: proxy.endpoint });
        await scene.startVideos();
        await until('the videos are processed', READY_LIMIT_MS, () => scene.areDone());
        const { passed, ...troubles } = proxy.counts;
        process.stderr.write(`flaky storage: ${passed} requests passed, ${JSON.stringify(troubles)}\n`);
        if (Object.values(troubles).includes(0)) throw new Error('the proxy did not make every kind of trouble');
        return { overAt: null };
      } finally {
        // Only the worker needs the proxy, and it does to the end.
        await scene.stopWorkers();
        await proxy.close();
      }
    },
  },
  {
    name: 'expired upload addresses',
    done: 'the first address that a client gets for each part expired an hour ago (workers sign every request anew, so theirs cannot expire)',
    advice: 'Nothing. Clients ask for new addresses; a clock that is an hour off needs setting.',
    core: false,
    play: async (scene) => {
      await scene.startVideos({ api: expiredFirst(scene) });
      return { overAt: Date.now(), mostChunksAgain: 0 };
    },
  },
];

/** A client to whom every part is signed too late at first. The store must refuse that address, or the fault is none. */
function expiredFirst(scene: Scene): SprocketClient {
  const { s3 } = scene.stage;
  return new (class extends SprocketClient {
    private readonly signed = new Set<string>();

    override async partUrls(videoId: string, partNumbers: readonly number[]): Promise<Map<number, string>> {
      const urls = await super.partUrls(videoId, partNumbers);
      if (this.signed.has(videoId)) return urls;
      this.signed.add(videoId);
      for (const [number, url] of urls) urls.set(number, await expired(url));
      return urls;
    }
  })({ url: apiUrl() });

  async function expired(address: string): Promise<string> {
    const { pathname, searchParams } = new URL(address);
    const [, Bucket = '', ...key] = pathname.split('/');
    const command = new UploadPartCommand({
      Bucket,
      Key: key.join('/'),
      UploadId: searchParams.get('uploadId') ?? '',
      PartNumber: Number(searchParams.get('partNumber')),
    });
    const url = await getSignedUrl(s3, command, { expiresIn: 60, signingDate: new Date(Date.now() - HOUR_MS) });
    const { status } = await fetch(url, { method: 'PUT', body: 'x' });
    if (status !== 403) throw new Error(`the store answered ${status} to an address that had expired`);
    return url;
  }
}
