import { audioRef, isSameRendition, videoRef, type RenditionRef } from '../../../temporal/contract/media/renditions';
import type { AudioPlan, FamilyPlan, Fraction, VideoRung } from '../../../temporal/contract/media/plan';
import type { Protection } from '../../../temporal/contract/media/protection';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import type { Family } from '../families/family';
import type { ImagePresentation } from './images';
import type { TextPresentation } from './text-tracks';

export interface VideoPresentation {
  rung: VideoRung;
  rendition: RenditionReport;
}

export interface AudioPresentation {
  audio: AudioPlan;
  rendition: RenditionReport;
}

/** The content of a manifest: whole renditions on one timeline. */
export interface Presentation {
  /** Where the renditions lie as seen from the manifest, such as `g1/` or `g1/drm/cbcs/`; empty when both share a folder. */
  folderPrefix: string;
  frameRate: Fraction;
  /** Largest first within a family. */
  video: readonly VideoPresentation[];
  /** The default track first. */
  audio: readonly AudioPresentation[];
  text: readonly TextPresentation[];
  images: readonly RenditionReport[];
  /** Sheets of thumbnails; none when they are left out. */
  thumbnails?: ImagePresentation;
  /** Not all of its segments are there, so their key frames are not known. */
  isUnfinished?: true;
  /** Clear when it is left out. */
  protection?: Protection;
}

/** Pairs merged renditions with the rungs of their family. Throws RangeError when a rung has none. */
export function pairRungs({ family, rungs }: FamilyPlan, renditions: readonly RenditionReport[]): VideoPresentation[] {
  return rungs.map((rung) => ({ rung, rendition: renditionOf(videoRef(family, rung), renditions) }));
}

/** Pairs audio renditions with their plans. Throws RangeError when a plan has none. */
export function pairAudio(plans: readonly AudioPlan[], renditions: readonly RenditionReport[]): AudioPresentation[] {
  return plans.map((audio) => ({ audio, rendition: renditionOf(audioRef(audio), renditions) }));
}

/** Every rendition of pictures and sound, in the order of manifests. */
export function renditionsOf({ video, audio, images }: Presentation): RenditionReport[] {
  return [...[...video, ...audio].map(({ rendition }) => rendition), ...images];
}

export interface FamilyPresentation {
  family: Family;
  video: readonly VideoPresentation[];
}

/** The video of each of `families` that the presentation has, in their order. Throws RangeError for one that is not among them. */
export function videoByFamily({ video }: Pick<Presentation, 'video'>, families: readonly Family[]): FamilyPresentation[] {
  const isOf = ({ rendition }: VideoPresentation, { name }: Family) => rendition.ref.family === name;
  const unknown = video.find((one) => !families.some((family) => isOf(one, family)));
  if (unknown) throw new RangeError(`no codec family ${unknown.rendition.ref.family}`);
  return families.map((family) => ({ family, video: video.filter((one) => isOf(one, family)) })).filter((one) => one.video.length > 0);
}

/** Throws RangeError for images, which the manifests do not describe: players would not find them. */
export function refuseUndescribed({ images }: Presentation): void {
  const [first] = images;
  if (first) throw new RangeError(`manifests do not describe renditions of kind ${first.ref.kind}`);
}

function renditionOf(ref: RenditionRef, renditions: readonly RenditionReport[]): RenditionReport {
  const rendition = renditions.find((one) => isSameRendition(one.ref, ref));
  if (!rendition) throw new RangeError(`no rendition ${ref.name} of ${ref.family}`);
  // The plan knows language and role of tracks whose report leaves them open.
  return { ...rendition, ref };
}
