import type { DrmRequest, DrmSystem, KeyLabel } from '../../../temporal/contract/media/protection';

/** What the packager is told of a key. */
export interface PackagerKey {
  label: KeyLabel;
  kid: string;
  key: string;
  iv: string;
}

/** A joined file of clear segments, the label of its key, and the existing folder that receives its encrypted segments. */
export interface ProtectionInput {
  kind: 'video' | 'audio';
  label: KeyLabel;
  path: string;
  folder: string;
}

const HEX_16_BYTES = /^[\da-f]{32}$/;

const PACKAGER_SYSTEMS = { widevine: 'Widevine', playready: 'PlayReady', fairplay: 'FairPlay' } as const satisfies Record<
  DrmSystem,
  string
>;

/**
 * Shaka Packager arguments that encrypt the segments of a piece. Keys are not among them: {@link keyFlag} goes to standard input. The clear
 * lead is five seconds by default, which would leave a short piece clear.
 */
export function protectionArgs(work: {
  request: DrmRequest;
  inputs: readonly ProtectionInput[];
  /** Seconds of a segment, as text. */
  segmentSeconds: string;
  /** 1-based. */
  firstSegmentNumber: number;
}): string[] {
  const { request, inputs, segmentSeconds, firstSegmentNumber } = work;
  const systems = request.systems.map((system) => PACKAGER_SYSTEMS[system]).join(',');
  return [
    ...inputs.map(({ kind, label, path, folder }) =>
      [
        `in=${path},stream=${kind},drm_label=${label}`,
        `init_segment=${folder}/init.mp4,segment_template=${folder}/segment_$Number%05d$.m4s`,
      ].join(','),
    ),
    ...['--segment_duration', segmentSeconds, '--start_segment_number', String(firstSegmentNumber)],
    ...['--enable_raw_key_encryption', '--flagfile=/dev/stdin', '--protection_scheme', request.scheme],
    ...(systems ? ['--protection_systems', systems] : []),
    ...['--clear_lead', '0', '--use_fake_clock_for_muxer', '--quiet'],
  ];
}

/**
 * The flag with the keys, for standard input. cbcs has the constant IV of the key; with cenc the packager draws one for every
 * stream, because the same one twice would repeat the keystream (ISO/IEC 23001-7 9.2). Throws RangeError, without the value, for a key that
 * is not 16 bytes in hex: the packager would print it.
 */
export function keyFlag(request: DrmRequest, keys: readonly PackagerKey[]): string {
  if (keys.some(({ kid, key, iv }) => ![kid, key, iv].every((value) => HEX_16_BYTES.test(value)))) {
    throw new RangeError('a content key is not 16 bytes in lower-case hexadecimal digits');
  }
  const listed = keys.map(({ label, kid, key, iv }) => {
    return `label=${label}:key_id=${kid}:key=${key}${request.scheme === 'cbcs' ? `:iv=${iv}` : ''}`;
  });
  return `--keys=${listed.join(',')}\n`;
}
