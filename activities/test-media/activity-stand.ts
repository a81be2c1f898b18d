import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { openContentKeys } from '../../infra/content-keys/open-content-keys';
import type { Database } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { FamiliesRepository } from '../../infra/database/families-repository';
import { ProtectionRepository } from '../../infra/database/protection-repository';
import { ModerationRepository } from '../../infra/database/moderation/moderation-repository';
import { PicturesRepository } from '../../infra/database/pictures/pictures-repository';
import { SubtitlesRepository } from '../../infra/database/subtitles/subtitles-repository';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { createEmptyDatabase } from '../../infra/database/testing/empty-database';
import { newVideo } from '../../infra/database/testing/new-video';
import type { NewVideo } from '../../infra/database/video';
import { VideosRepository } from '../../infra/database/videos-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { SourceGateway } from '../../infra/object-store/gateway/source-gateway';
import type { EncodingRequest } from '../../temporal/contract/media/encoding';
import type { VideoStatus } from '../../temporal/contract/steps';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { runTool } from '../media-tools/run-tool';
import { ScratchRoom } from '../scratch/scratch-room';
import { OpenNsfwScorer } from '../scoring/open-nsfw';
import { CommandEngine } from '../speech-engines/command-engine';
import { moderationModelPath, speechCommand, toolPaths } from './tool-paths';
import { walkOf } from '../../temporal/contract/pipeline';

/** Activities on a real database and object store of their own, called one by one instead of by a workflow. */
export interface ActivityStand {
  deps: ActivityDependencies;
  db: Database;
  /** Empty; gone with the stand. */
  folder: string;
  /** Runs one attempt of an activity, with dependencies replaced as given. Rejects as Temporal would see it. */
  run<Input, Result>(
    activity: (deps: ActivityDependencies, input: Input) => Promise<Result>,
    input: Input,
    replaced?: Partial<ActivityDependencies>,
  ): Promise<Result>;
  /** An uploaded video; its original is a file, or nothing. Resolves to its id. */
  addVideo(differences?: Partial<NewVideo>, original?: Uint8Array): Promise<string>;
  /** What a retry or a cancellation leaves in the row. */
  setRow(videoId: string, row: { generation?: number; status?: VideoStatus; encoding?: EncodingRequest }): Promise<void>;
  close(): Promise<void>;
}

const MASTER_KEY = { reveal: () => '5a'.repeat(32) };
const KEY_SOURCES = { masterKeys: { key: MASTER_KEY, file: null, old: [] }, servers: [], variable: () => undefined };

const LIMITS = { durationSeconds: 43_200, width: 8192, height: 8192, framesPerSecond: 240, streams: 64, sizeBytes: 200e9 };

export async function openActivityStand(): Promise<ActivityStand> {
  const database = await createEmptyDatabase();
  const db: Database = database.connect();
  await migrate(db);
  const client = s3OfEnvironment();
  const suffix = randomUUID();
  const buckets = { originals: `originals-${suffix}`, segments: `segments-${suffix}`, transcoded: `transcoded-${suffix}` };
  for (const Bucket of Object.values(buckets)) await client.send(new CreateBucketCommand({ Bucket }));
  const objects = new ObjectStore(client, buckets);
  const sources = new SourceGateway(objects);
  await sources.start();
  const folder = await mkdtemp(join(tmpdir(), 'activities-'));
  const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };
  const videos = new VideosRepository(db);
  const deps: ActivityDependencies = {
    ...{
      objects,
      sources,
      videos,
      tasks: new TasksRepository(db),
      families: new FamiliesRepository(db),
      protections: new ProtectionRepository(db),
      subtitles: new SubtitlesRepository(db),
      contentKeys: openContentKeys(db, KEY_SOURCES, silent.warn),
      moderation: new ModerationRepository(db),
      pictures: new PicturesRepository(db),
      frameScorer: new OpenNsfwScorer(moderationModelPath()),
      speechEngine: new CommandEngine(speechCommand(), ['en']),
      tools: toolPaths(),
      clearPictureMaxHeight: 360,
      sourceLimits: LIMITS,
    },
    ...{ scratchRoot: folder, workerId: 'test', countTranscodeSlots: async () => 1, gpuWorkers: async () => [], logger: silent },
    ...{ bringTasksForward: async () => undefined },
    ...{ scratchRoom: new ScratchRoom(folder), toolGroups: null, runTool },
  };
  return {
    deps,
    db,
    folder,
    run: (activity, input, replaced = {}) =>
      new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(() => activity({ ...deps, ...replaced }, input)),
    addVideo: async (differences = {}, original) => {
      const video = newVideo(differences);
      await videos.create(video);
      await videos.setUploaded(video.videoId, walkOf(video.encoding));
      if (original) await objects.put('originals', video.originalS3Key, original, { contentType: 'video/mp4' });
      return video.videoId;
    },
    setRow: async (videoId, { encoding, ...row }) => {
      await db
        .updateTable('videos')
        .set({ ...row, ...(encoding ? { encoding: JSON.stringify(encoding) } : {}) })
        .where('videoId', '=', videoId)
        .execute();
    },
    close: async () => {
      await sources.stop();
      client.destroy();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
