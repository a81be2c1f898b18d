import type { CodecFamily } from '../../../temporal/contract/families';
import type { AudioPlan, Fraction, VideoRung } from '../../../temporal/contract/plan';
import type { RenditionReport } from '../../../temporal/contract/reports';
import type { Family } from '../families/family';

export interface VideoPresentation {
  family: CodecFamily;
  rung: VideoRung;
  rendition: RenditionReport;
}

export interface AudioPresentation {
  audio: AudioPlan;
  rendition: RenditionReport;
}

/** What a manifest describes: whole renditions on one timeline. */
export interface Presentation {
  /** Where the generation lies as seen from the manifest, such as `g1/`; empty when both share a folder. */
  folderPrefix: string;
  frameRate: Fraction;
  /** Largest first within a family. */
  video: readonly VideoPresentation[];
  audio: AudioPresentation | null;
}

/** Pairs merged renditions with the rungs of the plan by folder. Throws RangeError when a rung has none. */
export function pairRungs(family: CodecFamily, rungs: readonly VideoRung[], renditions: readonly RenditionReport[]): VideoPresentation[] {
  return rungs.map((rung) => {
    const rendition = renditions.find(({ folder }) => folder === `${family}/${rung.name}`);
    if (!rendition) throw new RangeError(`no rendition for rung ${rung.name}`);
    return { family, rung, rendition };
  });
}

/** The video of each of `families` that the presentation has, in their order. Throws RangeError for one that is not among them. */
export function videoByFamily({ video }: Pick<Presentation, 'video'>, families: readonly Family[]): FamilyPresentation[] {
  const unknown = video.find((one) => !families.some(({ name }) => name === one.family));
  if (unknown) throw new RangeError(`no codec family ${unknown.family}`);
  return families
    .map((family) => ({ family, video: video.filter((one) => one.family === family.name) }))
    .filter((one) => one.video.length > 0);
}

export interface FamilyPresentation {
  family: Family;
  video: readonly VideoPresentation[];
}
