import type { z } from 'zod';
import { UNDER_WAY, type VideoFamily } from '../../../infra/database/families-repository';
import type { Video } from '../../../infra/database/video';
import {
  CODEC_FAMILY_NAMES,
  firstFamilyOf,
  laterFamilies,
  type CodecFamily,
  type FamilyState,
} from '../../../temporal/contract/media/families';
import { familiesOf } from '../../../temporal/contract/media/hdr';
import type { VideoStatus } from '../../../temporal/contract/steps';
import { failureView } from '../videos/failure-view';
import type { familiesView } from './family-schemas';

export type FamiliesView = z.infer<typeof familiesView>;
type FamilyView = NonNullable<FamiliesView[keyof FamiliesView]>;

/** Videos in these states take no family any more. */
const OVER: readonly VideoStatus[] = ['failed', 'cancelled', 'removed'];

/** Verification and the manifests are the rest. */
const ENCODING_SHARE = 0.95;

/** What a person sees of the families beside the first one of a title. A pure function of the rows. `percents` are of encoding, 0 to 100. */
export function familyViews(
  video: Pick<Video, 'codecs' | 'encoding' | 'generation' | 'sourceFacts' | 'status'>,
  rows: readonly VideoFamily[],
  percents: ReadonlyMap<string, number>,
): FamiliesView {
  const asked = laterFamilies(familiesOf(video));
  const shown = CODEC_FAMILY_NAMES.filter((name) => name !== firstFamilyOf(video.codecs)).flatMap((name): [string, FamilyView][] => {
    const row = rows.find(({ family }) => family === name);
    if (!row && !asked.includes(name)) return [];
    const state = stateOf(video, row);
    return [[name, { state, percent: percentOf(name, state, percents), ...errorOf(row, state) }]];
  });
  return Object.fromEntries(shown);
}

/** A new generation makes its families again; one that is given up leaves the earlier one public, with those that it has. */
function stateOf({ status, generation }: Pick<Video, 'generation' | 'status'>, row: VideoFamily | undefined): FamilyState {
  const state = row?.state ?? 'pending';
  if (state === 'leaving' || state === 'removed') return state;
  if (state === 'ready' && status === 'removed') return 'removed';
  // None joins a video that is over.
  if (OVER.includes(status)) return UNDER_WAY.includes(state) ? 'cancelled' : state;
  return row?.generation === generation ? state : 'pending';
}

function percentOf(family: CodecFamily, state: FamilyState, percents: ReadonlyMap<string, number>): number {
  if (state === 'ready') return 100;
  if (state === 'leaving' || state === 'removed') return 0;
  return Math.floor((percents.get(family) ?? 0) * ENCODING_SHARE);
}

function errorOf(row: VideoFamily | undefined, state: FamilyState): Pick<FamilyView, 'error'> {
  if (!row || state !== 'failed') return {};
  return { error: failureView(row, { message: 'The family could not be made.', advice: 'Ask for the family again.' }) };
}
