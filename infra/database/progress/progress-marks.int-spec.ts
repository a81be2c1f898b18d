import { PIPELINE } from '../../../temporal/contract/pipeline';
import type { Database } from '../database';
import { FamiliesRepository } from '../families-repository';
import { IngestRepository } from '../ingest/ingest-repository';
import { migrate } from '../migrate';
import { TasksRepository } from '../tasks-repository';
import { createEmptyDatabase, type EmptyDatabase } from '../testing/empty-database';
import { newVideo } from '../testing/new-video';
import { VideosRepository } from '../videos-repository';
import { ProgressMarks } from './progress-marks';

let empty: EmptyDatabase;
let db: Database;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  await migrate(db);
});
afterAll(() => empty.drop());

it('marks a video anew for each change of a row of its progress, and for nothing else', async () => {
  const [video, other] = [newVideo({ uploadId: null }), newVideo({})];
  const run = { videoId: video.videoId, generation: 1 };
  const { videoId, creatorId } = video;
  const [videos, tasks, families] = [new VideosRepository(db), new TasksRepository(db), new FamiliesRepository(db)];
  const pulls = new IngestRepository(db);
  const source = { videoId, creatorId, batchId: null, address: 'https://site.example/a.mp4', shown: 'a', sha256: null };
  await pulls.create({ videos: [video], sources: [{ ...source, requestSha256: '', createdAt: new Date() }] });
  await videos.create(other);
  const chunk = { ...run, taskType: 'transcode', codec: 'h264', segmentIndex: 0 } as const;
  const family = { ...run, family: 'av1' } as const;
  const changes: (() => Promise<unknown>)[] = [
    () => db.updateTable('videoSources').set({ bytesReceived: 10 }).where('videoId', '=', videoId).execute(),
    () => videos.setUploaded(videoId, PIPELINE),
    () => videos.advance(run, 'transcoding'),
    () => tasks.planChunks(run, 'h264', 2, { inputKey: 'k' }),
    () => tasks.start(chunk, { workerId: 'w', attempt: 1 }),
    () => tasks.progress(chunk, 50),
    () => tasks.progress(chunk, 51),
    () => families.ask(family),
    () => families.move(family, { from: ['pending'], state: 'running' }),
    () => videos.setFailed(run, { step: 'transcode', failureType: 'EncodeFailed', message: 'no' }),
  ];
  const marks = new ProgressMarks(db);
  const ids = [videoId, other.videoId, '01HZZZZZZZZZZZZZZZZZZZZZZZ'];
  const seen = [await marks.of(ids)];
  for (const change of changes) {
    await change();
    seen.push(await marks.of(ids));
    expect(await marks.of(ids)).toEqual(seen.at(-1));
  }
  expect(new Set(seen.map((each) => each.get(videoId))).size).toBe(changes.length + 1);
  expect(new Set(seen.map((each) => each.get(other.videoId))).size).toBe(1);
  expect([...seen[0]!.keys()].sort()).toEqual([videoId, other.videoId].sort());
});
