import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../../infra/machine/make-folder';
import type { SprocketSettings } from '../connection/sprocket-settings';

const recordSchema = z.object({ video_id: z.string() });

/** Remembers which upload a file belongs to while it is under way, so that a command that was killed can go on. */
export interface UploadRecord {
  /** Id of the video, or null where no upload of this very file is under way. */
  read: () => string | null;
  write: (videoId: string) => void;
  remove: () => void;
}

/** The folder of records (XDG Base Directory 0.8). */
export function recordFolder({ HOME, XDG_STATE_HOME }: Pick<SprocketSettings, 'HOME' | 'XDG_STATE_HOME'>): string {
  return join(XDG_STATE_HOME ?? join(HOME ?? homedir(), '.local', 'state'), 'sprocket', 'uploads');
}

/** The record of a file for an API. A file that changed since has another one. Throws the error of the file system when there is no file. */
export function uploadRecord(folder: string, apiUrl: string, file: string): UploadRecord {
  const { size, mtimeMs } = statSync(file);
  const name = createHash('sha256')
    .update(JSON.stringify([apiUrl, realpathSync(file), size, mtimeMs]))
    .digest('hex');
  const path = join(folder, `${name}.json`);
  return {
    read: () => idIn(path),
    write: (videoId) => {
      makeFolder(dirname(path), 0o700);
      writeFileSync(path, `${JSON.stringify({ video_id: videoId })}\n`, { mode: 0o600 });
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** A record that was cut off by a crash counts as none. */
function idIn(path: string): string | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).video_id;
  } catch {
    return null;
  }
}
