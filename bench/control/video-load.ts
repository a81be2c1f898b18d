import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import type { Database } from '../../infra/database/database';

const POLL_MS = 200;

/** Uploads the same file again and again and keeps so many videos under way, until it is ended. */
export class VideoLoad {
  readonly ready: string[] = [];
  private readonly inFlight = new Set<string>();
  private readonly api: SprocketClient;
  private readonly running: Promise<void>;
  private ended = false;
  private failure: Error | undefined;

  constructor(
    private readonly options: { apiUrl: string; db: Database; file: Buffer; atOnce: number },
    /** Called with the videos under way after every look at them. */
    private readonly onLook: (videoIds: string[]) => void = () => undefined,
  ) {
    this.api = new SprocketClient({ url: options.apiUrl });
    this.running = this.keepUp().catch((error: Error) => {
      this.failure = error;
    });
  }

  /** Resolves when so many more videos are ready. Throws when one failed. */
  async untilReady(count: number): Promise<void> {
    const wanted = this.ready.length + count;
    while (this.ready.length < wanted) {
      if (this.failure) throw this.failure;
      await sleep(POLL_MS);
    }
  }

  /** Uploads no more and resolves when the last video is ready. Throws when one failed. */
  async end(): Promise<void> {
    this.ended = true;
    await this.running;
    if (this.failure) throw this.failure;
  }

  private async keepUp(): Promise<void> {
    while (!this.ended || this.inFlight.size > 0) {
      const missing = this.ended ? 0 : this.options.atOnce - this.inFlight.size;
      await Promise.all([...Array.from({ length: missing }, () => this.upload()), sleep(POLL_MS)]);
      await this.collect();
      this.onLook([...this.inFlight]);
    }
  }

  private async upload(): Promise<void> {
    const { file } = this.options;
    const upload = await this.api.createUpload({
      filename: 'clip.mp4',
      content_type: 'video/mp4',
      file_size_bytes: file.byteLength,
      title: 'clip',
    });
    const response = await fetch(upload.upload_url, { method: 'PUT', body: new Uint8Array(file) });
    if (!response.ok) throw new Error(`the upload was refused with ${response.status}`);
    await response.arrayBuffer();
    await this.api.completeUpload(upload.video_id);
    this.inFlight.add(upload.video_id);
  }

  private async collect(): Promise<void> {
    if (this.inFlight.size === 0) return;
    // Ready is not the end: an optional step may still be at work.
    const { rows } = await sql<{ id: string; status: string; open: number }>`
      select v.video_id as id, v.status,
        (select count(*) from transcoding_tasks t where t.video_id = v.video_id and t.status <> 'completed') as open
      from videos v where v.video_id in (${sql.join([...this.inFlight])}) and v.status in ('ready', 'failed')`.execute(this.options.db);
    for (const { id, status, open } of rows) {
      if (status === 'failed') throw new Error(`video ${id} failed`);
      if (Number(open) > 0) continue;
      this.inFlight.delete(id);
      this.ready.push(id);
    }
  }
}
