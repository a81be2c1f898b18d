import { walkOf } from '../contract/pipeline';

/** The steps of a video whose upload asked for nothing more. */
export const USUAL_WALK = walkOf({ isStrict: false, families: {} });
