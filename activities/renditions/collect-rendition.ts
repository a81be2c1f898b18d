import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentNumber } from '../../temporal/contract/object-keys';
import type { Recipe } from '../../temporal/contract/media/recipe';
import type { RenditionRef } from '../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../temporal/contract/media/reports';
import type { SampleEntryCodec } from '../../workflows/planning/isobmff/codec';
import { moveSegment, normaliseInit, readInit, readSegment } from '../../workflows/planning/isobmff/isobmff';

const INIT_NAME = 'init.mp4';

/**
 * Reads the packager's output in the folder `path`, moves every segment by `offsetTicks` onto the title's timeline in place,
 * and describes the result from its own bytes. Throws `MalformedBoxError` when they are not CMAF of one track in `codec`.
 */
export async function collectRendition(
  path: string,
  { ref, codec: expected, offsetTicks, recipe }: { ref: RenditionRef; codec: SampleEntryCodec; offsetTicks: number; recipe: Recipe },
): Promise<RenditionReport> {
  const names = (await readdir(path)).filter((name) => name.endsWith('.m4s')).sort();
  const init = normaliseInit(await readFile(join(path, INIT_NAME)));
  await writeFile(join(path, INIT_NAME), init);
  const { timescale, codec } = readInit(init, [expected]);
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
