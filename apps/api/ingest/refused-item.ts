import { z } from 'zod';
import { Problem } from '../problems/problem';

/**
 * The problem of an item of a batch, with the place of the item in front: `items[3].source_url: ...`. The place has the field where the
 * problem names one. `item` counts from 0; items that were not sent one by one are the objects below `s3_prefix`, in their order.
 */
export function refusedItem({ status, code, detail, options }: Problem, item: number, list: 'items' | 's3_prefix' = 'items'): Problem {
  const named = options.extensions?.field;
  const field = z.core.toDotPath(typeof named === 'string' ? [list, item, named] : [list, item]);
  return new Problem(status, code, `${field}: ${detail}`, { ...options, extensions: { ...options.extensions, field, item } });
}
