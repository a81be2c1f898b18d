import type { RenditionReport } from './reports';

/** Protection schemes of ISO/IEC 23001-7: AES-CTR of whole samples, and AES-CBC of a pattern of blocks. */
export const DRM_SCHEMES = ['cbcs', 'cenc'] as const;

export type DrmScheme = (typeof DRM_SCHEMES)[number];

export const DRM_SYSTEMS = ['widevine', 'playready', 'fairplay'] as const;

export type DrmSystem = (typeof DRM_SYSTEMS)[number];

/** System ids in manifests and `pssh` boxes (registry of DASH-IF, https://dashif.org/identifiers/content_protection/). */
export const DRM_SYSTEM_IDS: Record<DrmSystem, string> = {
  widevine: 'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed',
  playready: '9a04f079-9840-4286-ab92-e65be0885f95',
  fairplay: '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
};

/** KEYFORMAT of the systems in HLS (FairPlay: HTTP Live Streaming, "Using Content Protection Systems"; the others as their vendors register them). */
export const HLS_KEY_FORMATS: Record<DrmSystem, string> = {
  widevine: `urn:uuid:${DRM_SYSTEM_IDS.widevine}`,
  playready: 'com.microsoft.playready',
  fairplay: 'com.apple.streamingkeydelivery',
};

/** METHOD of the schemes in HLS (draft-pantos-hls-rfc8216bis 4.4.4.4): CTR of whole samples and CBC of a pattern have names of their own. */
export const HLS_KEY_METHODS: Record<DrmScheme, string> = { cbcs: 'SAMPLE-AES', cenc: 'SAMPLE-AES-CTR' };

/** FairPlay decrypts cbcs alone. */
export function canDecrypt(system: DrmSystem, scheme: DrmScheme): boolean {
  return system !== 'fairplay' || scheme === 'cbcs';
}

/** What one content key protects: all sound, or pictures of one size class. */
export const KEY_LABELS = ['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'] as const;

export type KeyLabel = (typeof KEY_LABELS)[number];

/** Most pixels of a picture by label, both ends inclusive: the defaults of Shaka Packager. */
const MOST_PIXELS: readonly { label: KeyLabel; pixels: number }[] = [
  { label: 'SD', pixels: 442_368 },
  { label: 'HD', pixels: 2_073_600 },
  { label: 'UHD1', pixels: 8_847_360 },
];

/** The key of pictures of that size in pixels. */
export function pictureLabel({ width, height }: { width: number; height: number }): KeyLabel {
  return MOST_PIXELS.find(({ pixels }) => width * height <= pixels)?.label ?? 'UHD2';
}

/** The sizes that a label stands for, in pixels, both ends inclusive; no bound at an open end, and none at all for sound. */
export function labelSizes(label: KeyLabel): { minPixels?: number; maxPixels?: number } {
  const index = label === 'AUDIO' ? -1 : KEY_LABELS.indexOf(label) - 1;
  const [below, own] = [MOST_PIXELS[index - 1], MOST_PIXELS[index]];
  return { ...(below ? { minPixels: below.pixels + 1 } : {}), ...(own ? { maxPixels: own.pixels } : {}) };
}

/** How a video is to be protected, as it was asked for. */
export interface DrmRequest {
  scheme: DrmScheme;
  systems: readonly DrmSystem[];
  /** Name of a key provider of the installation. */
  keyProvider: string;
}

/** A content key as players see it. */
export interface PublicKey {
  label: KeyLabel;
  /** 32 lower-case hex digits. */
  kid: string;
  /** Whole `pssh` boxes, base64, as they lie in the init segments. */
  pssh: readonly string[];
  /** Texts of a key server in the place of our own. */
  texts: {
    /** Children of a `ContentProtection` element (XML). */
    contentProtection: Partial<Record<DrmSystem, string>>;
    /** Whole lines of playlists. */
    hlsMedia: Partial<Record<DrmSystem, string>>;
    hlsMaster: Partial<Record<DrmSystem, string>>;
  } | null;
}

/** How the media samples of a presentation are encrypted (ISO/IEC 23001-7). */
export interface Protection {
  scheme: DrmScheme;
  systems: readonly DrmSystem[];
  keys: readonly PublicKey[];
}

/** Encrypted segments of a rendition. */
export interface ProtectedRendition extends RenditionReport {
  kid: string;
  /** The IVs of all samples, of 8 bytes each and one after the other; null with the constant IV of cbcs. */
  ivs: IvRange | null;
}

export interface IvRange {
  /** 16 lower-case hex digits. */
  first: string;
  count: number;
}

/** Written last by a task that encrypts: its presence proves that every object it names is stored. */
export interface PieceReport {
  formatVersion: 1;
  pieceIndex: number;
  /** Hash over the names and ETags of the clear objects that it was made from. */
  clearSha256: string;
  renditions: ProtectedRendition[];
}

/** The provider that makes keys itself. */
export const LOCAL_KEY_PROVIDER = 'local';
