import type { PieceRef, ProtectionRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import type { Plan } from '../../temporal/contract/media/plan';
import { KEY_LABELS, pictureLabel, type DrmRequest, type KeyLabel } from '../../temporal/contract/media/protection';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { clearPlace, type MediaPlace } from '../../temporal/contract/object-keys';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import { hasSegmentsIn, pieceSpan, renditionsOfGroup, type SegmentSpan } from '../../workflows/planning/protection/pieces';
import { loadFamily, loadTitle } from '../families/title-store';
import type { ActivityDependencies } from '../task/activity-dependencies';

type Dependencies = Pick<ActivityDependencies, 'objects' | 'videos'>;

/** Clear renditions, and how they are to be encrypted. */
export interface ProtectionSource {
  plan: Plan;
  request: DrmRequest;
  /** Labels of every key that the title may need, so that all its init segments name the same keys. */
  labels: KeyLabel[];
  /** Of a family that joins, its pictures alone. */
  clear: Presentation;
  place: MediaPlace;
}

/** Throws `PlanInvalid` where the clear renditions are not recorded, or protection was never asked for. */
export async function loadSource({ objects, videos }: Dependencies, ref: ProtectionRef): Promise<ProtectionSource> {
  const { videoId, generation, joins } = ref;
  const [{ plan, presentation }, video] = await Promise.all([loadTitle(objects, ref), videos.find(videoId)]);
  const family = joins && (await loadFamily(objects, { videoId, generation, family: joins }));
  const request = family?.protection ?? plan.protection ?? video?.encoding.drm;
  if (!request) throw new Failure('PlanInvalid', 'Protection was not asked for with this video.');
  return {
    plan,
    request,
    labels: labelsOf(plan),
    clear: family ? { ...presentation, video: family.video, audio: [] } : presentation,
    place: clearPlace({ ...ref, protection: (family ?? plan).protection }),
  };
}

/** A piece of the clear renditions. */
export interface PieceSource extends ProtectionSource {
  ref: PieceRef;
  renditions: RenditionReport[];
  span: SegmentSpan;
}

/** Throws as {@link loadSource}. */
export async function loadPiece(deps: Dependencies, ref: PieceRef): Promise<PieceSource> {
  const source = await loadSource(deps, ref);
  const renditions = renditionsOfGroup(source.clear, ref.group);
  const span = pieceSpan(renditions, ref.pieceIndex);
  if (span.first >= span.end) throw new Failure('PlanInvalid', 'The recorded title does not have this piece.');
  return { ...source, ref, renditions: renditions.filter((rendition) => hasSegmentsIn(rendition, span)), span };
}

/** The label of the key of a rendition. */
export function labelOf({ clear }: ProtectionSource, { ref }: RenditionReport): KeyLabel {
  if (ref.kind === 'audio') return 'AUDIO';
  const video = clear.video.find(({ rendition }) => rendition.ref.family === ref.family && rendition.ref.name === ref.name);
  if (!video) throw new RangeError('a rendition of another presentation');
  return pictureLabel(video.rung);
}

/** Sound, and every picture size up to that of the source: no rung is larger. */
function labelsOf({ source, families }: Plan): KeyLabel[] {
  const sizes = [source.video, ...families.flatMap(({ rungs }) => rungs)].map((size) => KEY_LABELS.indexOf(pictureLabel(size)));
  return KEY_LABELS.slice(0, Math.max(...sizes) + 1);
}
