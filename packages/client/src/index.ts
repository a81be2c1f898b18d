export type * from './api-bodies.ts';
export type { components, operations, paths } from './api-types.ts';
export { ProblemError, UnreachableError, type ProblemDocument } from './problem-error.ts';
export { PartError } from './put-part.ts';
export { SprocketClient, type ClientOptions } from './sprocket-client.ts';
export { uploadFile, type UploadOptions } from './upload-file.ts';
export { blobSource, type UploadSource } from './upload-source.ts';
export { watchVideo } from './watch-video.ts';
