import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import { Failure } from '../../../temporal/contract/failures';
import { MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../../temporal/contract/object-keys';
import { referencedGenerations } from '../../../temporal/contract/media/referenced-generations';

/** What is published stays so until its objects go. A removal shows within this time, and at once where objects are gone. */
const KNOWN_FOR_MS = 30_000;
/** A generation that is not published yet is asked for again at most so often. */
const ASKED_AGAIN_AFTER_MS = 1_000;
const MOST_VIDEOS = 10_000;

/** An address of encrypted media in a manifest. Clear media of such a video is never served, of no generation. */
const PROTECTED_MEDIA = /g\d+\/drm\//;

interface Known {
  /** Whether players may have an address of the object from a manifest. */
  isPublic: (part: PublishedPart) => boolean;
  askedAtMs: number;
}

/** Where in a video an object lies. */
export interface PublishedPart {
  generation: number;
  family: CodecFamily | null;
  isClearMedia: boolean;
}

/**
 * Tells which generations of a video are public, and which codec families in them: those that the stable manifests name, and those that
 * were published before, whose segments players in the middle of a film still ask for. Costs two small objects and two queries per
 * video and half minute.
 */
@Injectable()
export class PublishedGenerations {
  private readonly known = new LRUCache<string, Known>({ max: MOST_VIDEOS, ttl: KNOWN_FOR_MS });
  private readonly asked = new Map<string, Promise<Known>>();

  constructor(
    private readonly objects: ObjectStore,
    private readonly tasks: TasksRepository,
    private readonly families: FamiliesRepository,
  ) {}

  /** Throws `StorageUnavailable`. */
  async includes(videoId: string, part: PublishedPart): Promise<boolean> {
    const known = this.known.get(videoId);
    if (known?.isPublic(part)) return true;
    if (known && Date.now() - known.askedAtMs < ASKED_AGAIN_AFTER_MS) return false;
    return (await this.ask(videoId)).isPublic(part);
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
    const [manifests, before, families] = await Promise.all([
      Promise.all([...Object.values(MANIFEST_NAMES), TS_MANIFEST_NAME].map((name) => this.objects.get('transcoded', `${videoId}/${name}`))),
      whileAway(() => this.tasks.publishedGenerations(videoId)),
      whileAway(() => this.families.list(videoId)),
    ]);
    const text = manifests.map((bytes) => (bytes === null ? '' : Buffer.from(bytes).toString('utf8'))).join('\n');
    const joined = families.filter(({ publishedAt }) => publishedAt !== null).map((row) => `g${row.generation}/${row.family}/`);
    const known = { isPublic: publicParts(text, { before, joined: new Set(joined) }), askedAtMs: Date.now() };
    this.known.set(videoId, known);
    return known;
  }
}

/** What is public by the texts of the manifests, the generations published `before`, and the families that have `joined` one. */
function publicParts(text: string, { before, joined }: { before: readonly number[]; joined: ReadonlySet<string> }): Known['isPublic'] {
  const named = new Set(referencedGenerations(text));
  // Without manifests nothing is public any more: the video is being removed.
  if (named.size === 0) return () => false;
  const isProtected = PROTECTED_MEDIA.test(text);
  return ({ generation, family, isClearMedia }) => {
    if (isProtected && isClearMedia) return false;
    if (!named.has(generation)) return before.includes(generation);
    if (family === null || joined.has(`g${generation}/${family}/`)) return true;
    return new RegExp(`\\bg${generation}/(?:drm/\\w+/)?${family}/`).test(text);
  };
}

/** What is published plays on while the database is away. */
async function whileAway<T>(look: () => Promise<T[]>): Promise<T[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
