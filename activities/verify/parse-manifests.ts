import { XMLParser } from 'fast-xml-parser';
import { parse, setOptions, type types } from 'hls-parser';
import { z } from 'zod';
import type { ListedMaster, ListedPlaylist, ListedRepresentation, ListedVariant } from '../../workflows/planning/quality/published';

/** Reads a multivariant playlist with a parser of its own kind. Throws when it is not one. */
export function parseMaster(text: string): ListedMaster {
  const playlist = strictly(text);
  if (!playlist.isMasterPlaylist) throw new TypeError('not a multivariant playlist');
  const { variants, independentSegments } = playlist;
  const listed = (iframes: boolean) => variants.filter((variant) => Boolean(variant.isIFrameOnly) === iframes).map(listedVariant);
  return { independentSegments: Boolean(independentSegments), variants: listed(false), iframeVariants: listed(true) };
}

/** Reads a media or I-frame playlist. Throws when it is not one. */
export function parseMedia(text: string): ListedPlaylist {
  const playlist = strictly(text);
  if (playlist.isMasterPlaylist) throw new TypeError('not a media playlist');
  const { targetDuration, independentSegments, endlist, segments } = playlist;
  return {
    targetDurationSeconds: targetDuration,
    independentSegments: Boolean(independentSegments),
    ended: endlist,
    initName: segments[0]?.map?.uri ?? null,
    segments: segments.map(({ uri, duration, byterange }) => ({
      name: uri,
      durationSeconds: duration,
      range: byterange ? { offset: byterange.offset, sizeBytes: byterange.length } : null,
    })),
  };
}

/** Without the option, the parser only warns about violations of the standard. */
function strictly(text: string): types.MasterPlaylist | types.MediaPlaylist {
  setOptions({ strictMode: true });
  return parse(text);
}

/** ISO/IEC 23091-2, in the order of {@link ListedRepresentation}. */
const COLOUR_SCHEMES = ['ColourPrimaries', 'TransferCharacteristics', 'MatrixCoefficients'].map((name) => `urn:mpeg:mpegB:cicp:${name}`);

/** Optional, whatever the parser's types say (RFC 8216bis 4.4.6.2). */
const videoRange = z.enum(['SDR', 'PQ', 'HLG']).default('SDR');

const integer = z.coerce.number().int();
const mpd = z.object({
  MPD: z.object({
    Period: z.object({
      AdaptationSet: z.array(
        z.object({
          EssentialProperty: z.array(z.object({ schemeIdUri: z.string(), value: integer })).default([]),
          Representation: z.array(
            z.object({
              bandwidth: integer,
              codecs: z.string(),
              SegmentTemplate: z.object({
                timescale: integer,
                startNumber: integer,
                initialization: z.string(),
                media: z.string(),
                SegmentTimeline: z.object({ S: z.array(z.object({ t: integer.optional(), d: integer, r: integer.default(0) })) }),
              }),
            }),
          ),
        }),
      ),
    }),
  }),
});

/** Reads the representations of a static MPD. Throws when it is none. */
export function parseDash(text: string): ListedRepresentation[] {
  const lists = ['AdaptationSet', 'EssentialProperty', 'Representation', 'S'];
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => lists.includes(name) });
  const { AdaptationSet: sets } = mpd.parse(parser.parse(text, true)).MPD.Period;
  return sets.flatMap(({ Representation: representations, EssentialProperty: properties }) =>
    representations.map(({ bandwidth, codecs, SegmentTemplate: template }) => ({
      bandwidthBps: bandwidth,
      codecs,
      colour: COLOUR_SCHEMES.flatMap((scheme) => properties.filter(({ schemeIdUri }) => schemeIdUri === scheme).map(({ value }) => value)),
      timescale: template.timescale,
      startNumber: template.startNumber,
      initUri: template.initialization,
      mediaUri: template.media,
      segments: unfolded(template.SegmentTimeline.S),
    })),
  );
}

/** ISO/IEC 23009-1 5.3.9.6: an `S` repeats `@r` more times; without `@t` it follows on. */
function unfolded(entries: readonly { t?: number | undefined; d: number; r: number }[]): ListedRepresentation['segments'] {
  let ticks = 0;
  return entries.flatMap(({ t, d, r }) => {
    const first = t ?? ticks;
    ticks = first + d * (r + 1);
    return Array.from({ length: r + 1 }, (_, index) => ({ startTicks: first + index * d, durationTicks: d }));
  });
}

function listedVariant(variant: types.Variant): ListedVariant {
  return {
    uri: variant.uri,
    bandwidthBps: variant.bandwidth,
    averageBps: variant.averageBandwidth ?? 0,
    codecs: variant.codecs ?? '',
    videoRange: videoRange.parse(variant.videoRange),
    audioUris: variant.audio.map(({ uri }) => uri ?? ''),
  };
}
