import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from '@temporalio/client';
import { runTool } from '../../../activities/media-tools/run-tool';
import { makeBarcodeSource } from '../../../activities/test-media/make-source';
import { identityFaults, matchFrames, readBarcodes, readLuma } from '../../../activities/test-media/frame-identity';
import { toolPaths } from '../../../activities/test-media/tool-paths';
import { createDatabase, type Database } from '../../../infra/database/database';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { MultipartUploads } from '../../../infra/object-store/multipart-uploads';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { createS3Client } from '../../../infra/object-store/s3-client';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { createTemporalClient } from '../../../temporal/client';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { apiUrl, downloadRenditions } from '../scenes/published-video';
import { StackServices } from './stack-services';
import { keysOfVideo } from '../scenes/key-leaks';
import { BUCKETS } from '../scenes/stack-store';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** Frames per second of a clip that carries frame numbers. */
const NUMBERED_RATE = 24;

export interface StageOptions {
  videos: number;
  clipSeconds: number;
  /** How long a service that is stopped stays away. */
  outageMs: number;
}

/** What all faults share: the stack, connections of the test to it, the clip and its frames. */
export class Stage {
  readonly api = new SprocketClient({ url: apiUrl() });
  readonly clip: string;
  readonly db: Database;
  readonly tasks: TasksRepository;
  readonly s3: S3Client;
  readonly objects: ObjectStore;
  readonly temporal: Client;
  private sourceFrames: Promise<Uint8Array[]> | undefined;

  private constructor(
    readonly services: StackServices,
    readonly folder: string,
    readonly options: StageOptions,
  ) {
    this.clip = join(folder, 'clip.mp4');
    this.db = createDatabase({ url: required('MYSQL_URL') });
    this.tasks = new TasksRepository(this.db);
    this.s3 = createS3Client({
      endpoint: required('S3_ENDPOINT'),
      region: required('S3_REGION'),
      accessKeyId: required('S3_ACCESS_KEY_ID'),
      secretAccessKey: required('S3_SECRET_ACCESS_KEY'),
    });
    this.objects = new ObjectStore(this.s3, BUCKETS);
    this.temporal = createTemporalClient({ address: required('TEMPORAL_ADDRESS'), namespace: 'default' });
  }

  static async open(options: StageOptions): Promise<Stage> {
    const stage = new Stage(await StackServices.join(), await mkdtemp(join(tmpdir(), 'sprocket-faults-')), options);
    const args = ['-v', 'error', '-i', DEMO_CLIP, '-t', String(options.clipSeconds), '-c', 'copy', stage.clip];
    await runTool({ tool: toolPaths().ffmpeg, args });
    return stage;
  }

  async close(): Promise<void> {
    this.s3.destroy();
    await this.temporal.connection.close();
    await this.db.destroy();
    await rm(this.folder, { recursive: true });
  }

  /** A clip that carries its frame numbers: low rungs of some codecs do not tell frames of a film that hardly differ. */
  numberedClip(seconds = this.options.clipSeconds): Promise<string> {
    const { folder } = this;
    const frameRate = { num: NUMBERED_RATE, den: 1 };
    const frameCount = seconds * NUMBERED_RATE;
    return makeBarcodeSource({ ...toolPaths(), folder, name: 'numbered.mp4', frameRate, frameCount, audioDelaySeconds: 0 });
  }

  /** Problems with the frame numbers of any rendition of a published video. */
  async numberFaults(videoId: string, seconds = this.options.clipSeconds): Promise<string[]> {
    const { ffmpeg } = toolPaths();
    const faults: string[] = [];
    for (const { name, path } of await downloadRenditions(videoId, this.folder)) {
      const codes = await readBarcodes({ ffmpeg, path, scratch: this.folder });
      faults.push(...identityFaults(codes, seconds * NUMBERED_RATE).map((fault) => `${name}: ${fault}`));
    }
    return faults;
  }

  /** As {@link numberFaults}, of a protected video, with the keys that the API gives to every caller. */
  async protectedNumberFaults(videoId: string): Promise<string[]> {
    const { ffmpeg } = toolPaths();
    const keys = await keysOfVideo(videoId, (await this.api.manifest(videoId)).dash_url);
    const faults: string[] = [];
    for (const { name, path } of await downloadRenditions(videoId, this.folder)) {
      const key = keys.find(({ kid }) => kid.equals(keyIdOf(readFileSync(path))));
      if (!key) return [`${name}: no key`];
      const clear = `${path}.clear.mp4`;
      await runTool({
        tool: ffmpeg,
        args: ['-v', 'error', '-y', '-decryption_key', key.key.toString('hex'), '-i', path, '-c', 'copy', clear],
      });
      const codes = await readBarcodes({ ffmpeg, path: clear, scratch: this.folder });
      faults.push(...identityFaults(codes, this.options.clipSeconds * NUMBERED_RATE).map((fault) => `${name}: ${fault}`));
    }
    return faults;
  }

  /** Uploads that are neither completed nor aborted. */
  async openUploads(videoIds: readonly string[]): Promise<string[]> {
    const listed = await Promise.all(
      Object.values(BUCKETS).map((bucket) => new MultipartUploads(this.s3, this.s3, bucket).listOpen(null, 1000)),
    );
    const keys = listed.flatMap(({ uploads }) => uploads.map(({ key }) => key));
    return keys.filter((key) => videoIds.some((videoId) => key.startsWith(`${videoId}/`)));
  }

  /** Problems with the frames of any rendition of a published video. */
  async frameFaults(videoId: string): Promise<string[]> {
    const { ffmpeg } = toolPaths();
    this.sourceFrames ??= readLuma({ ffmpeg, path: this.clip, scratch: this.folder });
    const source = await this.sourceFrames;
    const renditions = await downloadRenditions(videoId, this.folder);
    const faults: string[] = renditions.length > 1 ? [] : [`${renditions.length} renditions`];
    for (const { name, path } of renditions) {
      const output = await readLuma({ ffmpeg, path, scratch: this.folder });
      faults.push(...identityFaults(matchFrames(source, output), source.length).map((fault) => `${name}: ${fault}`));
    }
    return faults;
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the test runner starts the stack`);
  return value;
}

/** `default_KID` of the box `tenc` (ISO/IEC 23001-7 8.2), 8 bytes behind its type. */
function keyIdOf(rendition: Buffer): Buffer {
  const at = rendition.indexOf('tenc') + 12;
  return rendition.subarray(at, at + 16);
}
