import { XMLParser } from 'fast-xml-parser';
import { parse, setOptions, type types } from 'hls-parser';
import { z } from 'zod';
import type {
  ListedKey,
  ListedMaster,
  ListedPlaylist,
  ListedProtection,
  ListedRepresentation,
  ListedVariant,
} from '../../workflows/planning/quality/published';

/** Reads a multivariant playlist with a parser of its own kind. Throws when it is not one. */
export function parseMaster(text: string): ListedMaster {
  const playlist = strictly(text);
  if (!playlist.isMasterPlaylist) throw new TypeError('not a multivariant playlist');
  const { variants, independentSegments, sessionKeyList } = playlist;
  const listed = (iframes: boolean) => variants.filter((variant) => Boolean(variant.isIFrameOnly) === iframes).map(listedVariant);
  const sessionKeys = sessionKeyList.map(({ method, uri = '', format = '' }) => ({ method, uri, format }));
  return { independentSegments: Boolean(independentSegments), sessionKeys, variants: listed(false), iframeVariants: listed(true) };
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
    keys: listedKeys(text),
    segments: segments.map(({ uri, duration, byterange }) => ({
      name: uri,
      durationSeconds: duration,
      range: byterange ? { offset: byterange.offset, sizeBytes: byterange.length } : null,
    })),
  };
}

/** The parser keeps the last of several EXT-X-KEY tags, which are for different systems (RFC 8216 4.3.2.4). */
function listedKeys(text: string): ListedKey[] {
  const quoted = (line: string, name: string) => new RegExp(`[:,]${name}="([^"]*)"`).exec(line)?.[1] ?? '';
  const lines = text.split('\n').filter((line) => line.startsWith('#EXT-X-KEY:'));
  return lines.map((line) => ({
    method: /[:,]METHOD=([^,]*)/.exec(line)?.[1] ?? '',
    uri: quoted(line, 'URI'),
    format: quoted(line, 'KEYFORMAT'),
  }));
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
/** An element with attributes of its own, such as the declaration of its namespace, is an object. */
const elementText = z.union([z.string(), z.object({ '#text': z.string() }).transform((element) => element['#text'])]);

const contentProtection = z.object({
  schemeIdUri: z.string(),
  value: z.string().default(''),
  'cenc:default_KID': z.string().optional(),
  'cenc:pssh': elementText.optional(),
});
const mpd = z.object({
  MPD: z.object({
    Period: z.object({
      AdaptationSet: z.array(
        z.object({
          ContentProtection: z.array(contentProtection).default([]),
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
  const lists = ['AdaptationSet', 'ContentProtection', 'EssentialProperty', 'Representation', 'S'];
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => lists.includes(name) });
  const { AdaptationSet: sets } = mpd.parse(parser.parse(text, true)).MPD.Period;
  return sets.flatMap(({ Representation: representations, EssentialProperty: properties, ContentProtection: protections }) =>
    representations.map(({ bandwidth, codecs, SegmentTemplate: template }) => ({
      bandwidthBps: bandwidth,
      codecs,
      colour: COLOUR_SCHEMES.flatMap((scheme) => properties.filter(({ schemeIdUri }) => schemeIdUri === scheme).map(({ value }) => value)),
      timescale: template.timescale,
      startNumber: template.startNumber,
      initUri: template.initialization,
      mediaUri: template.media,
      protection: listedProtection(protections),
      segments: unfolded(template.SegmentTimeline.S),
    })),
  );
}

/** ISO/IEC 23001-7 11.2. */
function listedProtection(all: readonly z.infer<typeof contentProtection>[]): ListedProtection | null {
  const scheme = all.find(({ schemeIdUri }) => schemeIdUri === 'urn:mpeg:dash:mp4protection:2011');
  if (!scheme) return null;
  const systems = all.filter((one) => one !== scheme).map((one) => [one.schemeIdUri, one['cenc:pssh'] ?? null]);
  const kid = (scheme['cenc:default_KID'] ?? '').replaceAll('-', '');
  return { scheme: scheme.value, kid, systems: Object.fromEntries(systems) as ListedProtection['systems'] };
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
