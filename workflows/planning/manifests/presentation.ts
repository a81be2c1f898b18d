import type { AudioPlan, Fraction, VideoRung } from '../../../temporal/contract/plan';
import type { RenditionReport } from '../../../temporal/contract/reports';

export interface VideoPresentation {
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
  /** Largest first. */
  video: readonly VideoPresentation[];
  audio: AudioPresentation | null;
}

/** Pairs merged renditions with the rungs of the plan by folder. Throws RangeError when a rung has none. */
export function pairRungs(family: string, rungs: readonly VideoRung[], renditions: readonly RenditionReport[]): VideoPresentation[] {
  return rungs.map((rung) => {
    const rendition = renditions.find(({ folder }) => folder === `${family}/${rung.name}`);
    if (!rendition) throw new RangeError(`no rendition for rung ${rung.name}`);
    return { rung, rendition };
  });
}
