import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentNumber } from '../../temporal/contract/object-keys';
import type { Recipe } from '../../temporal/contract/media/recipe';
import type { RenditionRef } from '../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../temporal/contract/media/reports';
import { MalformedBoxError } from '../../workflows/planning/isobmff/box';
import type { SampleEntryCodec } from '../../workflows/planning/isobmff/codec';
import { moveSegment, normaliseInit, readInit, readSegment } from '../../workflows/planning/isobmff/isobmff';

const INIT_NAME = 'init.mp4';

interface CollectedParts {
  ref: RenditionRef;
  codec: SampleEntryCodec;
  /** Planned channels of sound; left out for pictures. */
  channels?: number;
  offsetTicks: number;
  recipe: Recipe;
}

/**
 * Reads the packager's output in the folder `path`, moves every segment by `offsetTicks` onto the title's timeline in place,
 * and describes the result from its own bytes. Throws `MalformedBoxError` when they are not CMAF of one track in `codec`,
 * or sound of other channels.
 */
export async function collectRendition(
  path: string,
  { ref, codec: expected, channels, offsetTicks, recipe }: CollectedParts,
): Promise<RenditionReport> {
  const names = (await readdir(path)).filter((name) => name.endsWith('.m4s')).sort();
  const init = normaliseInit(await readFile(join(path, INIT_NAME)));
  await writeFile(join(path, INIT_NAME), init);
  const { timescale, codec, channels: found } = readInit(init, [expected]);
  if (found !== (channels ?? null)) throw new MalformedBoxError(`${found} channels where ${channels} were planned`);
  const segments: SegmentReport[] = [];
  for (const name of names) {
    const place = { offsetTicks, sequenceNumber: segmentNumber(name), withBrands: recipe >= 2 };
    const bytes = moveSegment(await readFile(join(path, name)), place);
    await writeFile(join(path, name), bytes);
    segments.push({ name, sizeBytes: bytes.byteLength, ...readSegment(bytes) });
  }
  return {
    ref,
    timescale,
    codec,
    initName: INIT_NAME,
    initSizeBytes: init.byteLength,
    initSha256: createHash('sha256').update(init).digest('hex'),
    segments,
  };
}
