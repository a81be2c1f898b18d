import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Option } from 'commander';
import type { VideoWishes } from '../../../packages/client/src/api-bodies';
import { uploadPath } from '../../../packages/client/src/node';
import { ProblemError } from '../../../packages/client/src/problem-error';
import { dataOf, type SprocketClient } from '../../../packages/client/src/sprocket-client';
import { stopSignal } from '../../stop-signal';
import { EXIT, UsageError } from '../exit-code';
import type { Session } from '../session';
import { openProgress } from '../terminal/progress';
import { recordFolder, uploadRecord, type UploadRecord } from '../uploads/upload-record';
import type { AddCommands } from './act';
import { follow } from './watch';

const NOT_FOUND = 404;
const CONFLICT = 409;

interface Wishes {
  title?: string;
  preset?: string;
  codecs?: string;
  priority?: VideoWishes['priority'];
  drm?: true;
  watch?: true;
}

interface UploadChoice extends Wishes {
  parallel: string;
}

/** `upload` and `ingest`: two ways for a file to become a video. */
export const addUploadCommands: AddCommands = (program, act) => {
  const options = [
    new Option('--title <title>', 'title of the video; the name of the file when left out'),
    new Option('--preset <name>', 'preset of the service'),
    new Option('--codecs <names>', 'codec families, such as h264,av1'),
    new Option('--priority <priority>').choices(['low', 'normal', 'high', 'urgent']),
    new Option('--drm', 'encrypt all media'),
    new Option('--watch', 'follow the processing to its end'),
  ];
  const upload = program.command('upload <file...>').description('Upload files. The same command goes on with an upload that was cut off');
  for (const option of options) upload.addOption(option);
  upload.option('--parallel <parts>', 'parts that are sent at the same time', '4').action(act(uploadFiles));
  const ingest = program.command('ingest <address>').description('Let the service fetch a file from an address of http or https');
  for (const option of options) ingest.addOption(option);
  ingest.action(act(ingestAddress));
};

async function uploadFiles(session: Session, files: string[], choice: UploadChoice): Promise<number> {
  for (const file of files) refuseNoVideo(file);
  if (choice.title && files.length > 1) throw new UsageError('--title names one video; upload the files one by one.');
  const signal = stopSignal();
  const codes: number[] = [];
  for (const file of files) codes.push(await uploadOne(session, file, { ...choice, signal }));
  return Math.max(...codes);
}

function refuseNoVideo(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`There is no file ${path}.`);
  if (!found.isFile()) throw new UsageError(`${path} is no file; name the files to upload.`);
  if (found.size === 0) throw new UsageError(`${path} is empty.`);
}

async function uploadOne(session: Session, file: string, choice: UploadChoice & { signal: AbortSignal }): Promise<number> {
  const client = session.patientClient;
  const record = uploadRecord(recordFolder(session.settings), session.api.url, file);
  const view = openProgress(session);
  const name = basename(file);
  const onProgress = (sent: number, total: number) =>
    view.show({ name, percent: (100 * sent) / total, state: sent < total ? 'running' : 'completed' });
  const parallelParts = Number(choice.parallel);
  if (!Number.isInteger(parallelParts) || parallelParts < 1) throw new UsageError('--parallel is a number of parts, 1 or more.');
  const resume = await resumable(client, record);
  const options = { onProgress, onStart: record.write, signal: choice.signal, parallelParts, ...(resume === null ? {} : { resume }) };
  try {
    const videoId = await uploadPath(client, file, wishesOf(choice), options);
    record.remove();
    view.close();
    session.out.result({ file, video_id: videoId, resumed: resume !== null }, `${videoId}  ${name}`);
    return choice.watch ? await follow(session, videoId) : EXIT.done;
  } catch (error) {
    view.close();
    if (!choice.signal.aborted) throw error;
    process.stderr.write('sprocket: the upload is paused; the same command goes on.\n');
    return EXIT.failed;
  }
}

/** The upload that this file belongs to, if it can still be gone on with. */
async function resumable(client: SprocketClient, record: UploadRecord): Promise<string | null> {
  const videoId = record.read();
  if (videoId === null) return null;
  try {
    const { status } = await client.uploadState(videoId);
    if (status !== 'cancelled' && status !== 'removed') return videoId;
  } catch (error) {
    if (!(error instanceof ProblemError) || ![NOT_FOUND, CONFLICT].includes(error.status)) throw error;
  }
  record.remove();
  return null;
}

async function ingestAddress(session: Session, address: string, choice: Wishes): Promise<number> {
  const body = { source_url: address, ...wishesOf(choice) };
  const video = await dataOf(session.client.http.POST('/api/v1/videos/ingest', { body }));
  session.out.result(video, video.video_id);
  return choice.watch ? follow(session, video.video_id) : EXIT.done;
}

/** What was typed; names are the service's to judge. */
function wishesOf({ title, preset, codecs, priority, drm }: Wishes): VideoWishes {
  return {
    ...(title ? { title } : {}),
    ...(preset ? { preset } : {}),
    ...(codecs ? { codecs: codecs.split(',').map((name) => name.trim()) as NonNullable<VideoWishes['codecs']> } : {}),
    ...(priority ? { priority } : {}),
    ...(drm ? { drm: {} } : {}),
  };
}
