import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { MissingChunks } from '../../temporal/contract/results';
import type { ToolVersions } from '../../temporal/contract/media/reports';
import { MockActivityEnvironment } from '@temporalio/testing';
import { ulid } from 'ulid';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import { decodeMissing } from '../../workflows/planning/run/missing-chunks';
import { findMissingChunks } from './find-missing-chunks';

const FOLDERS = ['h264/720p', 'h264/360p'];

describe('findMissingChunks', () => {
  const videoId = ulid();
  const run = { videoId, generation: 1, planSha256: 'a'.repeat(64), family: 'h264' } as const;
  const range = { ...run, firstChunk: 0, endChunk: 4 };
  let objects: ObjectStore;

  const segmentOf = (chunkIndex: number) => ({ name: `segment_0000${chunkIndex + 1}.m4s`, sizeBytes: 3 });

  async function record(chunkIndex: number, madeWith?: ToolVersions): Promise<void> {
    const renditions = FOLDERS.map((folder) => ({ folder, initName: 'init.mp4', initSizeBytes: 4, segments: [segmentOf(chunkIndex)] }));
    const key = segmentsKeys.chunkReport(videoId, 1, 'h264', chunkIndex);
    const report = { formatVersion: 1, ...run, chunkIndex, madeWith, renditions };
    await objects.put('segments', key, JSON.stringify(report), { contentType: 'application/json' });
  }

  const put = (name: string, body: string) => objects.put('transcoded', `${videoId}/g1/${name}`, body, { contentType: 'video/mp4' });

  beforeAll(async () => {
    const s3 = s3OfEnvironment();
    const [segments, transcoded] = [`segments-${randomUUID()}`, `transcoded-${randomUUID()}`];
    for (const Bucket of [segments, transcoded]) await s3.send(new CreateBucketCommand({ Bucket }));
    objects = new ObjectStore(s3, { originals: 'none', segments, transcoded });
    for (const chunkIndex of [0, 1, 2]) {
      await record(chunkIndex);
      for (const folder of FOLDERS) await put(`${folder}/${segmentOf(chunkIndex).name}`, 'abc');
    }
    for (const folder of FOLDERS) await put(`${folder}/init.mp4`, 'init');
  });

  afterAll(() => objects.destroy());

  async function missing(): Promise<number[]> {
    const environment = new MockActivityEnvironment();
    const found: MissingChunks = await environment.run(() => findMissingChunks({ objects }, range));
    return decodeMissing(range, found.missing);
  }

  it('takes a chunk for done only while everything that its report names is stored', async () => {
    expect(await missing()).toEqual([3]);
    await put('h264/360p/segment_00002.m4s', 'x');
    expect(await missing()).toEqual([1, 3]);
    await put('h264/360p/segment_00002.m4s', 'abc');
    expect(await missing()).toEqual([3]);
  });

  it('takes chunks for missing that older tools have made than the newest one', async () => {
    const tools = { ffmpeg: 'ffmpeg version 9', packager: 'packager version 3', encoder: '264 - core 165' };
    await record(0, tools);
    await record(1, tools);
    expect(await missing()).toEqual([3]);
    // Stores tell the time of an object in whole seconds.
    await delay(1_100);
    await record(2, { ...tools, encoder: '264 - core 166' });
    expect(await missing()).toEqual([0, 1, 3]);
  });
});
