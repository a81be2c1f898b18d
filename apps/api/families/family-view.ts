import type { z } from 'zod';
import type { VideoFamily } from '../../../infra/database/families-repository';
import type { Video } from '../../../infra/database/video';
import { CODEC_FAMILY_NAMES, firstFamilyOf, laterFamilies } from '../../../temporal/contract/media/families';
import { familiesOf } from '../../../temporal/contract/media/hdr';
import { failureView } from '../videos/failure-view';
import type { familiesView } from './family-schemas';

export type FamiliesView = z.infer<typeof familiesView>;
type FamilyView = NonNullable<FamiliesView[keyof FamiliesView]>;

/** Verification and the manifests are the rest. */
const ENCODING_SHARE = 0.95;

/** What a person sees of the families beside the first one of a title. A pure function of the rows. `percents` are of encoding, 0 to 100. */
export function familyViews(
  video: Pick<Video, 'codecs' | 'encoding' | 'generation' | 'sourceFacts'>,
  rows: readonly VideoFamily[],
  percents: ReadonlyMap<string, number>,
): FamiliesView {
  const asked = laterFamilies(familiesOf(video));
  const shown = CODEC_FAMILY_NAMES.filter((name) => name !== firstFamilyOf(video.codecs)).flatMap((name): [string, FamilyView][] => {
    const row = rows.find(({ family }) => family === name);
    if (!row) return asked.includes(name) ? [[name, { state: 'pending', percent: 0 }]] : [];
    // A new generation makes again what it does not leave out.
    const isGone = row.state === 'leaving' || row.state === 'removed';
    if (row.generation !== video.generation && !isGone) return [[name, { state: 'pending', percent: 0 }]];
    return [[name, { state: row.state, percent: percentOf(row, percents), ...errorOf(row) }]];
  });
  return Object.fromEntries(shown);
}

function percentOf({ state, family }: VideoFamily, percents: ReadonlyMap<string, number>): number {
  if (state === 'ready') return 100;
  if (state === 'leaving' || state === 'removed') return 0;
  return Math.floor((percents.get(family) ?? 0) * ENCODING_SHARE);
}

function errorOf(row: VideoFamily): Pick<FamilyView, 'error'> {
  if (row.state !== 'failed') return {};
  return { error: failureView(row, { message: 'The family could not be made.', advice: 'Ask for the family again.' }) };
}
