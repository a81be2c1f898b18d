/** MPEG-TS segments of one rung. */
export interface TsPieceRendition {
  /** Name of the rung. */
  name: string;
  /** Of its segments, in order. */
  sizesBytes: number[];
}

/** Written last by a task that makes MPEG-TS segments: its presence proves that all of them are stored. */
export interface TsPieceReport {
  formatVersion: 1;
  pieceIndex: number;
  /** Hash over the names and ETags of the CMAF objects that they were copied from. */
  cmafSha256: string;
  renditions: TsPieceRendition[];
}
