import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Task } from '../../../infra/database/task';
import { segmentsKeys } from '../../../temporal/contract/object-keys';
import type { Plan } from '../../../temporal/contract/media/plan';
import type { Stage } from './stage';

/** Every step that has one row; `transcode` has one for each chunk. */
const SINGLE_TASKS = ['audio', 'package', 'probe', 'publish', 'split', 'thumbnail', 'verify'];
/** Of a codec family that joins. */
const JOINING_TASKS = ['package', 'publish', 'split', 'verify'];
const TASK_FOLDER = /^[a-z]+-[A-Za-z0-9]{6}$/;

/** Command lines of the tools that run below these scratch roots. */
export function toolsBelow(roots: readonly string[]): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => roots.some((root) => line.includes(`${root}/`)));
}

/** Running tools and scratch folders of tasks below these scratch roots. */
export function workBelow(roots: readonly string[]): string[] {
  const folders = roots
    .filter((root) => existsSync(root))
    .flatMap((root) =>
      readdirSync(root).flatMap((owner) =>
        readdirSync(join(root, owner))
          .filter((name) => TASK_FOLDER.test(name))
          .map((name) => join(root, owner, name)),
      ),
    );
  return [...toolsBelow(roots), ...folders];
}

/** Rows that are not done. */
export function unfinished(rows: readonly Task[]): string[] {
  return rows.filter(({ status }) => status !== 'completed').map(({ taskId, status }) => `${taskId} is ${status}`);
}

/** What is missing from the rows of a finished video, or there twice. What viewers waited for has rows of its own. */
export async function rowFaults(stage: Stage, videoId: string, joined: readonly string[]): Promise<string[]> {
  const plan = await stage.objects.getJson<Plan>('segments', segmentsKeys.plan(videoId, 1));
  const chunks = (plan?.families ?? []).flatMap(({ family }) => (plan?.chunks ?? []).map((_, index) => `transcode/${family}/${index}`));
  const later = joined.flatMap((family) => [
    ...JOINING_TASKS.map((task) => `${task}/${family}`),
    ...(plan?.chunks ?? []).map((_, index) => `transcode/${family}/${index}`),
  ]);
  // Clips of a minute at most are encrypted in one piece for each group.
  const encrypted = plan?.protection ? ['drm', 'drm/0', ...plan.families.map(({ family }) => `drm/${family}/0`)] : [];
  const pull = await stage.db.selectFrom('videoSources').select('videoId').where('videoId', '=', videoId).executeTakeFirst();
  const wanted = [...SINGLE_TASKS, ...(pull ? ['ingest'] : []), ...chunks, ...encrypted, ...later].sort();
  const all = (await stage.tasks.listForVideo(videoId, 1)).filter(({ taskType }) => taskType !== 'express');
  const rows = all.map(({ taskId }) => taskId.slice(`${videoId}/g1/`.length)).sort();
  return JSON.stringify(rows) === JSON.stringify(wanted) ? [] : [`rows ${rows.join(', ')} instead of ${wanted.join(', ')}`];
}
