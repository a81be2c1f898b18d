import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { Failure } from '../../../temporal/contract/failures';
import { MANIFEST_NAMES } from '../../../temporal/contract/object-keys';
import { referencedGenerations } from '../../../temporal/contract/media/referenced-generations';

/** What is published stays so until its objects go. A removal shows within this time, and at once where objects are gone. */
const KNOWN_FOR_MS = 30_000;
/** A generation that is not published yet is asked for again at most so often. */
const ASKED_AGAIN_AFTER_MS = 1_000;
const MOST_VIDEOS = 10_000;

interface Known {
  generations: ReadonlySet<number>;
  askedAtMs: number;
}

/**
 * Tells which generations of a video are public: those that the stable manifests name, and those that were published before,
 * whose segments players in the middle of a film still ask for. Costs two small objects and a row per video and half minute.
 */
@Injectable()
export class PublishedGenerations {
  private readonly known = new LRUCache<string, Known>({ max: MOST_VIDEOS, ttl: KNOWN_FOR_MS });
  private readonly asked = new Map<string, Promise<Known>>();

  constructor(
    private readonly objects: ObjectStore,
    private readonly tasks: TasksRepository,
  ) {}

  /** Throws `StorageUnavailable`. */
  async includes(videoId: string, generation: number): Promise<boolean> {
    const known = this.known.get(videoId);
    if (known?.generations.has(generation)) return true;
    if (known && Date.now() - known.askedAtMs < ASKED_AGAIN_AFTER_MS) return false;
    return (await this.ask(videoId)).generations.has(generation);
  }

  /** Requests for one video at the same time share one look. */
  private ask(videoId: string): Promise<Known> {
    const running = this.asked.get(videoId);
    if (running) return running;
    const look = this.look(videoId).finally(() => this.asked.delete(videoId));
    this.asked.set(videoId, look);
    return look;
  }

  private async look(videoId: string): Promise<Known> {
    const [manifests, before] = await Promise.all([
      Promise.all(Object.values(MANIFEST_NAMES).map((name) => this.objects.get('transcoded', `${videoId}/${name}`))),
      this.publishedBefore(videoId),
    ]);
    const named = manifests.flatMap((bytes) => (bytes === null ? [] : referencedGenerations(Buffer.from(bytes).toString('utf8'))));
    // Without manifests nothing is public any more: the video is being removed.
    const known = { generations: new Set(named.length === 0 ? [] : [...named, ...before]), askedAtMs: Date.now() };
    this.known.set(videoId, known);
    return known;
  }

  /** What is published plays on while the database is away. */
  private async publishedBefore(videoId: string): Promise<number[]> {
    try {
      return await this.tasks.publishedGenerations(videoId);
    } catch (error) {
      if (error instanceof Failure) return [];
      throw error;
    }
  }
}
