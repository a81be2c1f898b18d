import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { EarlyTitles } from './early/early-titles';
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

/** `early`: its title is encoded still, so not all of it is there, and nothing of it is published. */
export type Publicity = 'published' | 'early' | 'private';

interface Known {
  /** Whether players may have an address of the object from a manifest. */
  isPublic: (part: PublishedPart) => boolean;
  isPlayable: boolean;
  isEarly: boolean;
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
    private readonly early: EarlyTitles,
  ) {}

  /** Throws `StorageUnavailable`, and `DatabaseUnavailable` for a video that nothing is published of. */
  async publicityOf(videoId: string, part: PublishedPart): Promise<Publicity> {
    return this.about(videoId, ({ isPublic }) => isPublic(part));
  }

  /** How the video as a whole is to be had. Throws as {@link publicityOf}. */
  async publicityOfTitle(videoId: string): Promise<Publicity> {
    return this.about(videoId, ({ isPlayable }) => isPlayable);
  }

  /** A manifest of the video was served, so what was found while there was none no longer holds. */
  manifestServed(videoId: string): void {
    if (this.known.get(videoId)?.isPlayable === false) this.known.delete(videoId);
  }

  /** What is known is asked for again when `answers` does not accept it. */
  private async about(videoId: string, answers: (known: Known) => boolean): Promise<Publicity> {
    const known = this.known.get(videoId);
    const isNew = known !== undefined && Date.now() - known.askedAtMs < ASKED_AGAIN_AFTER_MS;
    // A title that is encoded is published, or closed, at any moment.
    const current = known && ((answers(known) && !known.isEarly) || isNew) ? known : await this.ask(videoId);
    if (!answers(current)) return 'private';
    return current.isEarly ? 'early' : 'published';
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
    const published = manifests.map((bytes) => (bytes === null ? '' : Buffer.from(bytes).toString('utf8'))).join('\n');
    const isPublished = referencedGenerations(published).length > 0;
    const text = isPublished ? published : await this.early.manifestOf(videoId);
    const joined = families.filter(({ publishedAt }) => publishedAt !== null).map((row) => `g${row.generation}/${row.family}/`);
    const isPublic = publicParts(text, { before, joined: new Set(joined) });
    const known = { isPublic, isPlayable: text !== '', isEarly: !isPublished && text !== '', askedAtMs: Date.now() };
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
