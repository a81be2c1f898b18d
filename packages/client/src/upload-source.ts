/** A file to upload: what a browser's `File` is, or `fileSource` of `@sprocket/client/node` makes of a path. */
export interface UploadSource {
  /** Base name. */
  name: string;
  sizeBytes: number;
  /** Media type, a hint; empty when it is unknown. */
  type: string;
  /** The bytes from `start` to the exclusive `end`. Asked for anew for every attempt. */
  slice: (start: number, end: number) => Blob | ReadableStream<Uint8Array>;
}

/** A `File` of a page as a source. */
export function blobSource(file: Blob & { name: string }): UploadSource {
  return { name: file.name, sizeBytes: file.size, type: file.type, slice: (start, end) => file.slice(start, end) };
}
