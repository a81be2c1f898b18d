import type { paths } from './api-types.ts';

type Path = `/api/v1/${string}` & keyof paths;
type Method = 'get' | 'post' | 'delete' | 'patch' | 'put';
type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Answers<P extends Path, M extends Method> = paths[P][M] extends { responses: infer R } ? R : never;

/** The body of the success of a call, such as `Answer<'/api/v1/videos/{id}', 'get'>`. */
export type Answer<P extends Path, M extends Method> = {
  [Status in keyof Answers<P, M> & (200 | 201 | 202)]: Json<Answers<P, M>[Status]>;
}[keyof Answers<P, M> & (200 | 201 | 202)];

/** The body that a call takes. */
export type Body<P extends Path, M extends Method> = paths[P][M] extends { requestBody: infer B } ? Json<B> : never;

/** What can be asked of a list. */
type QueryOf<P extends Path> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? Q : never;

export type Video = Answer<'/api/v1/videos/{id}', 'get'>;
export type VideoPage = Answer<'/api/v1/videos', 'get'>;
export type VideoQuery = QueryOf<'/api/v1/videos'>;
export type VideoProgress = Answer<'/api/v1/videos/{id}/status', 'get'>;
export type Manifest = Answer<'/api/v1/videos/{id}/manifest', 'get'>;
export type NewVideo = Body<'/api/v1/videos/upload', 'post'>;
export type CreatedUpload = Answer<'/api/v1/videos/upload', 'post'>;
export type UploadState = Answer<'/api/v1/videos/{id}/upload', 'get'>;
export type Worker = Answer<'/api/v1/workers', 'get'>['workers'][number];
export type Queue = Answer<'/api/v1/queues', 'get'>['queues'][number];
/** What a caller may wish of a video beside its file. */
export type VideoWishes = Partial<Omit<NewVideo, 'file_size_bytes'>>;
