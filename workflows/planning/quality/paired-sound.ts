import { renditionFolder } from '../../../temporal/contract/media/renditions';
import type { Presentation } from '../manifests/presentation';
import { variantsOf, type ListedVariant, type Published } from './published';

export function audioFolders({ audio }: Presentation): string[] {
  return audio.map(({ rendition }) => renditionFolder(rendition.ref));
}

/** Folders of the audio renditions that a variant of the master may play with. */
export function soundsOf(presentation: Presentation, { audioUris }: ListedVariant): string[] {
  return audioFolders(presentation).filter((folder) => audioUris.some((uri) => uri.includes(`/${folder}/`)));
}

/** Every picture is listed with every audio rendition, once in each group, and the groups have the same tracks (RFC 8216 4.3.4.1.1). */
export function pairedSound(presentation: Presentation, { master }: Published): string[] {
  const tracks = new Set(presentation.audio.map(({ audio }) => audio.sourceTrack)).size;
  return presentation.video.flatMap(({ rendition }) => {
    const folder = renditionFolder(rendition.ref);
    const variants = variantsOf(master.variants, folder);
    const heard = new Set(variants.flatMap((variant) => soundsOf(presentation, variant)));
    const missing = audioFolders(presentation).filter((sound) => !heard.has(sound));
    const uneven = variants.filter(({ audioUris }) => audioUris.length !== tracks);
    return [
      ...missing.map((sound) => `${folder} is not listed with ${sound}`),
      ...uneven.map(({ audioUris }) => `${folder} is listed with ${audioUris.length} tracks of ${tracks}`),
    ];
  });
}
