import { LRUCache } from 'lru-cache';
import { Failure } from '../../../temporal/contract/failures';
import type { Bucket } from '../../../temporal/contract/object-keys';
import type { ObjectStore } from '../object-store';

const BLOCK_BYTES = 256 * 1024;
/** Sequential reading doubles its request up to this many blocks (2 MiB): blocks that a chunk fetches past its end are wasted. */
const MAX_RUN_BLOCKS = 8;

/** Blocks of recently read objects (64 MiB), shared by all tasks of the process: neighbouring chunks touch the same ones. */
const cache = new LRUCache<string, Promise<Uint8Array>>({ max: 256 });

/** Reads one object in aligned blocks, fetching each at most once while it stays cached. */
export class BlockReader {
  bytesFetched = 0;

  constructor(
    private readonly objects: ObjectStore,
    private readonly bucket: Bucket,
    private readonly key: string,
    readonly sizeBytes: number,
  ) {}

  /** The bytes from `start` up to `end` (exclusive), in pieces. Throws `StorageUnavailable`. */
  async *read(start: number, end: number): AsyncGenerator<Uint8Array> {
    let position = start;
    let runBlocks = 1;
    while (position < end) {
      const first = Math.floor(position / BLOCK_BYTES);
      const last = Math.min(first + runBlocks, Math.ceil(end / BLOCK_BYTES));
      this.fetchMissing(first, last);
      for (let index = first; index < last; index++) {
        const block = await this.block(index);
        const blockStart = index * BLOCK_BYTES;
        yield block.subarray(position - blockStart, Math.min(end - blockStart, block.length));
        position = blockStart + block.length;
      }
      runBlocks = Math.min(runBlocks * 2, MAX_RUN_BLOCKS);
    }
  }

  /** One storage request per run of blocks that are neither cached nor in flight. */
  private fetchMissing(first: number, last: number): void {
    let index = first;
    while (index < last) {
      if (cache.has(this.cacheKey(index))) {
        index += 1;
        continue;
      }
      let runEnd = index + 1;
      while (runEnd < last && !cache.has(this.cacheKey(runEnd))) runEnd += 1;
      const run = this.fetch(index, runEnd);
      for (let block = index; block < runEnd; block++) this.keep(block, sliceOf(run, (block - index) * BLOCK_BYTES));
      index = runEnd;
    }
  }

  private async block(index: number): Promise<Uint8Array> {
    const cached = cache.get(this.cacheKey(index));
    if (cached) return cached;
    this.fetchMissing(index, index + 1);
    return this.block(index);
  }

  private keep(index: number, block: Promise<Uint8Array>): void {
    const key = this.cacheKey(index);
    cache.set(key, block);
    block.catch(() => cache.delete(key));
  }

  private async fetch(first: number, last: number): Promise<Uint8Array> {
    const start = first * BLOCK_BYTES;
    const end = Math.min(last * BLOCK_BYTES, this.sizeBytes);
    const bytes = await this.objects.getRange(this.bucket, this.key, { offset: start, sizeBytes: end - start });
    if (!bytes) throw new Failure('SourceNotFound', 'The file to read is no longer in storage.');
    if (bytes.length !== end - start) throw new Failure('StorageUnavailable', 'Object storage broke off in the middle of a read.');
    this.bytesFetched += bytes.length;
    return bytes;
  }

  private cacheKey(index: number): string {
    return `${this.bucket}/${this.key}#${index}`;
  }
}

async function sliceOf(run: Promise<Uint8Array>, offset: number): Promise<Uint8Array> {
  const bytes = await run;
  return bytes.slice(offset, offset + BLOCK_BYTES);
}
