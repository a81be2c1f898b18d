import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/media/plan';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';

/** The watermark of a plan with its raster in a file below `folder`, or null. Throws `WatermarkMissing` where the raster is gone or another one. */
export async function fetchMark(objects: ObjectStore, { watermark }: Pick<Plan, 'watermark'>, folder: string): Promise<DrawnMark | null> {
  if (!watermark) return null;
  const bytes = await objects.get('originals', watermark.key);
  if (!bytes) throw new Failure('WatermarkMissing', 'The picture of the watermark is not in storage.');
  const isPlanned = createHash('sha256').update(bytes).digest('hex') === watermark.sha256;
  if (!isPlanned) throw new Failure('WatermarkMissing', 'The picture of the watermark is not the one that this video was planned with.');
  const path = join(folder, 'watermark.png');
  await writeFile(path, bytes);
  return { watermark, path };
}
