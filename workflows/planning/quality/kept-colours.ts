import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { VideoRung } from '../../../temporal/contract/media/plan';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import { familyOf } from '../families/family';
import { hdrCodePoints, isHdr, type EntryColour } from '../isobmff/colour';
import type { Presentation } from '../manifests/presentation';
import { variantOf, variantsOf, type ListedVariant, type Published } from './published';

/**
 * A rung that keeps HDR does so in its sample description and in both manifests, and one in SDR in none: players choose by what they are
 * told, and show what is in the stream. Returns the problems.
 */
export function keptColours({ video }: Presentation, published: Published): string[] {
  return video.flatMap(({ rung: { hdr }, rendition: { ref } }) => {
    const folder = renditionFolder(ref);
    const { codec = '?', colour = null } = published.inits.get(folder) ?? {};
    return [
      ...(isMarkedAs(hdr, colour) ? [] : [`${folder} is marked with the colours ${colour ? codePointsOf(colour) : 'of nothing'}`]),
      ...(hdr && !familyOf(ref.family as CodecFamily).hdrCodec?.test(codec) ? [`${folder} is ${codec}, which does not hold HDR`] : []),
      ...misannounced(folder, hdr, published),
    ];
  });
}

function isMarkedAs(hdr: VideoRung['hdr'], colour: EntryColour | null): boolean {
  if (!hdr) return colour === null || !isHdr(colour);
  return colour !== null && !colour.isFullRange && codePointsOf(colour) === codePointsOf(hdrCodePoints(hdr.transfer));
}

function misannounced(folder: string, hdr: VideoRung['hdr'], { master, dash }: Published): string[] {
  const range = hdr ? hdr.transfer.toUpperCase() : 'SDR';
  const codePoints = hdr ? codePointsOf(hdrCodePoints(hdr.transfer)) : '';
  const variants: (ListedVariant | undefined)[] = variantsOf(master.variants, folder);
  const listed = [...(variants.length > 0 ? variants : [undefined]), variantOf(master.iframeVariants, folder)];
  const ranges = listed.map((variant) => variant?.videoRange);
  const inDash = dash.find(({ initUri }) => initUri.includes(`/${folder}/`))?.colour.join();
  return [
    ...ranges.filter((one) => one !== range).map((one) => `${folder} is listed in HLS as ${one ?? 'missing'}, not ${range}`),
    ...(inDash === codePoints ? [] : [`${folder} is listed in DASH with the colours ${inDash || 'of SDR'}, not ${codePoints || 'those'}`]),
  ];
}

/** Primaries, transfer and matrix, as an MPD lists them. */
function codePointsOf({ primaries, transfer, matrix }: EntryColour): string {
  return [primaries, transfer, matrix].join();
}
