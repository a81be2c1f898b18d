import type { ContentKey } from '../../infra/content-keys/content-keys';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PieceRef, ProtectionRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import type { PieceReport, Protection, PublicKey } from '../../temporal/contract/media/protection';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { protectedPlace, protectedTitleKey, renditionKey } from '../../temporal/contract/object-keys';
import { readTrackEncryption } from '../../workflows/planning/isobmff/encryption';
import { ReportMismatchError } from '../../workflows/planning/manifests/merge-reports';
import { pairAudio } from '../../workflows/planning/manifests/presentation';
import { joinedProtection } from '../../workflows/planning/protection/joined-protection';
import { ivCollision, mergePieces } from '../../workflows/planning/protection/merge-pieces';
import { groupsOf, pieceCount, renditionsOfGroup } from '../../workflows/planning/protection/pieces';
import { isSameRendition } from '../../temporal/contract/media/renditions';
import { loadProtected, storeProtected, type ProtectedPresentation } from '../families/title-store';
import { writeManifests } from '../renditions/write-manifests';
import { loadPieces } from '../task/load-pieces';
import { runTask } from '../task/run-task';
import { checkConformance } from '../verify/check-conformance';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPieceReport } from './piece-store';
import { protectionTask } from './piece-task';
import { labelOf, loadSource, type ProtectionSource } from './protection-source';

/**
 * Writes the playlists of encrypted renditions from the reports of their pieces and reads all of it back. A family that joins is read with
 * the sound of the title. Throws `OutputInvalid` when pieces do not join or share IVs, `PlanInvalid` when one is missing.
 */
export async function packageProtected(deps: ActivityDependencies, ref: ProtectionRef): Promise<TaskResult> {
  return runTask(deps, { ref: protectionTask(ref), policy: 'drm' }, async (task) => {
    const { objects } = task;
    const source = await loadSource({ objects, videos: deps.videos }, ref);
    const keys = await deps.contentKeys.keysOf(ref.videoId, source.request, source.labels);
    const own = await presentationOf(objects, source, { ref, keys });
    const presentation = ref.joins ? await withSoundOfTitle(objects, ref, own) : own;
    const { plan } = source;
    const joins = ref.joins ? { joins: ref.joins } : {};
    const bytesOut = await writeManifests(objects, { plan, presentation, ...joins });
    await checkConformance(objects, { plan, presentation, ...joins });
    await storeProtected(objects, ref, own);
    return { result: { bytesOut }, outputKey: protectedTitleKey(ref, source.request.scheme), bytesIn: 0, bytesOut };
  });
}

/** A family and the sound of its title make a title of its own. */
async function withSoundOfTitle(
  objects: ObjectStore,
  { videoId, generation }: ProtectionRef,
  own: ProtectedPresentation,
): Promise<ProtectedPresentation> {
  const title = await loadProtected(objects, { videoId, generation }, own.protection.scheme);
  return { ...own, audio: title.audio, protection: joinedProtection(own.protection, [title.protection]) };
}

async function presentationOf(
  objects: ObjectStore,
  source: ProtectionSource,
  { ref, keys }: { ref: ProtectionRef; keys: readonly ContentKey[] },
): Promise<ProtectedPresentation> {
  const { clear, request } = source;
  const groups = groupsOf(clear).map((group) => ({ group, renditions: renditionsOfGroup(clear, group) }));
  const pieces = await Promise.all(
    groups.map(({ group, renditions }) => piecesOf(objects, { ref, group, renditions, scheme: request.scheme })),
  );
  const collision = ivCollision(pieces.flat().flatMap(({ renditions }) => renditions));
  if (collision) throw invalid(collision);
  const merged = groups.flatMap(({ renditions }, index) => mergedOrThrow(renditions, pieces[index] ?? []));
  const rendition = ({ ref: wanted }: RenditionReport) => merged.find((one) => isSameRendition(one.ref, wanted)) as RenditionReport;
  return {
    ...clear,
    folderPrefix: `${protectedPlace(ref, request.scheme).folder.slice(ref.videoId.length + 1)}/`,
    video: clear.video.map((one) => ({ ...one, rendition: rendition(one.rendition) })),
    audio: pairAudio(
      clear.audio.map(({ audio }) => audio),
      merged,
    ),
    protection: { ...request, keys: await publicKeys(objects, source, { ref, keys, merged }) },
  };
}

/** Of every label that a rendition has: the `pssh` boxes are those of its init segment. */
async function publicKeys(
  objects: ObjectStore,
  source: ProtectionSource,
  { ref, keys, merged }: { ref: ProtectionRef; keys: readonly ContentKey[]; merged: readonly RenditionReport[] },
): Promise<PublicKey[]> {
  const byLabel = new Map(merged.map((rendition) => [labelOf(source, rendition), rendition]));
  return Promise.all(
    [...byLabel].map(async ([label, rendition]): Promise<PublicKey> => {
      const place = protectedPlace(ref, source.request.scheme);
      const init = await objects.get(place.bucket, renditionKey(place, rendition.ref, rendition.initName));
      const encryption = init && readTrackEncryption(init);
      const key = keys.find((one) => one.label === label);
      if (!encryption || !key) throw invalid('an init segment is gone or is not encrypted');
      if (encryption.kid !== key.kid)
        throw new Failure('KeyProviderDenied', 'The key provider now gives other keys than those that were used.');
      const { signalling } = key;
      const pssh = encryption.pssh.map((box) => Buffer.from(box).toString('base64'));
      return { label, kid: key.kid, pssh, texts: signalling && textsOf(signalling) };
    }),
  );
}

function textsOf({ contentProtection, hlsMedia, hlsMaster }: NonNullable<ContentKey['signalling']>): PublicKey['texts'] {
  return { contentProtection, hlsMedia, hlsMaster };
}

function piecesOf(
  objects: ObjectStore,
  of: { ref: ProtectionRef; group: PieceRef['group']; renditions: readonly RenditionReport[]; scheme: Protection['scheme'] },
): Promise<PieceReport[]> {
  const { ref, group, renditions, scheme } = of;
  const load = (pieceIndex: number) => loadPieceReport(objects, { ...ref, group, pieceIndex }, scheme);
  return loadPieces(pieceCount(renditions), load, 'A part of the encrypted streams is gone; retry from the drm step.');
}

function mergedOrThrow(renditions: readonly RenditionReport[], pieces: readonly PieceReport[]): RenditionReport[] {
  try {
    return mergePieces(renditions, pieces);
  } catch (error) {
    if (!(error instanceof ReportMismatchError)) throw error;
    throw invalid(error.message);
  }
}

function invalid(problem: string): Failure {
  return new Failure('OutputInvalid', `The encrypted streams did not pass their check: ${problem}. They were not published.`);
}
