/** A decoded frame as a small luma picture: enough to tell frames apart, cheap enough to take of every one. */
export const SIGNATURE_SIZE = { width: 32, height: 18 } as const;

export const SIGNATURE_BYTES = SIGNATURE_SIZE.width * SIGNATURE_SIZE.height;

/** Files written by an encode, from which its output is checked. */
export interface ProofFiles {
  /** Signatures of the frames that the encoder of the lowest rung got, one after the other. */
  signaturesPath: string;
  /** One line per such frame: the source timestamp that it came from; see `parseFrameOrigins`. */
  originsPath: string;
}

/** Averages over areas, so that coding noise is averaged out as well; without exact rounding, 2160p would lose a twelfth of its light. */
export const SIGNATURE_FILTER = `scale=${SIGNATURE_SIZE.width}:${SIGNATURE_SIZE.height}:flags=area+accurate_rnd,format=gray`;

/** Behind a filter: its frames go on to `out`, and a signature of each to `signatures`. */
export function signatureBranch(out: string, signatures: string): string {
  return `split[${out}][of_${signatures}];[of_${signatures}]${SIGNATURE_FILTER}[${signatures}]`;
}

/** Output options and file behind `-map` for a pad of signatures. `timebase` is that of the frames. */
export function signatureOutputArgs(path: string, timebase: string): string[] {
  return ['-fps_mode', 'passthrough', '-enc_time_base', timebase, '-f', 'rawvideo', path];
}

/** Output options that note, for every frame on its way into the encoder, the timestamp that the decoder gave it. */
export function originOutputArgs(path: string): string[] {
  return ['-stats_enc_pre', path, '-stats_enc_pre_fmt', '{ptsi} {tbi}'];
}

/** ffmpeg arguments that take the signatures and timestamps of finished segments, read as a player does: init, then media. */
export function readBackArgs(input: { initPath: string; segmentPaths: readonly string[]; timebase: string; files: ProofFiles }): string[] {
  const { initPath, segmentPaths, timebase, files } = input;
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-y', '-copyts', '-threads', '1'],
    ...['-protocol_whitelist', 'concat,file', '-format_whitelist', 'mov', '-i', `concat:${[initPath, ...segmentPaths].join('|')}`],
    ...['-map', '0:v:0', '-filter_threads', '1', '-vf', SIGNATURE_FILTER],
    ...originOutputArgs(files.originsPath),
    ...signatureOutputArgs(files.signaturesPath, timebase),
  ];
}

/** The signatures in a file of them. A broken last one is left out. */
export function splitSignatures(bytes: Uint8Array): Uint8Array[] {
  const count = Math.floor(bytes.byteLength / SIGNATURE_BYTES);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * SIGNATURE_BYTES, (index + 1) * SIGNATURE_BYTES));
}
