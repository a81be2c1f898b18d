import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { startStack, stopStack, type RunningStack } from '../../../infra/stack/stack';
import { STACK_NAMESPACE } from '../../../infra/stack/home/endpoints';
import type { StackHome } from '../../../infra/stack/home/stack-home';
import { operatorKey } from '../../../infra/stack/services/service-environment';
import { processVideoWorkflowId } from '../../../temporal/contract/ids';
import type { VideoProgress, VideoWishes } from '../../../packages/client/src/api-bodies';
import { uploadPath } from '../../../packages/client/src/node';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { visibleText } from '../../visible-text';
import type { Command } from './command';
import { openProgressView, type ProgressView } from '../terminal/progress-view';
import { pathOfUser } from '../terminal/path-of-user';
import { say } from '../terminal/say';
import { failureSentence, isOver, videoRows } from '../terminal/video-rows';

const POLL_MS = 500;
const JSON_BODY = { 'Content-Type': 'application/json' };
const SOME_KEY = JSON.stringify({ kids: [Buffer.alloc(16).toString('base64url')] });

interface Upload extends Pick<VideoWishes, 'codecs' | 'preset' | 'drm'> {
  file: string;
}

interface DemoResult {
  video_id: string;
  status: string;
  /** Of a video that is not ready. */
  failed_step: string | null;
  error: VideoProgress['error'] | null;
  hls_url: string | null;
  dash_url: string | null;
  watch_url: string;
  temporal_ui_url: string;
  /** States of the codec families beside the first one. */
  families: Record<string, string>;
  /** Since the command was started, set-up included. */
  seconds: number;
}

/** Starts the stack, publishes a file through the public API and prints where to watch it. Exit code 1 when the video failed. */
export const demoCommand: Command = async (args, home) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ json: { type: 'boolean' }, down: { type: 'boolean' }, drm: { type: 'boolean' } },
      ...{ codecs: { type: 'string' }, preset: { type: 'string' } },
    },
  });
  // The watch page of a protected video plays with the keys that the API gives away.
  if (values.drm) process.env['CLEARKEY_LICENCES'] = 'on';
  const file = pathOfUser(positionals[0] ?? join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4'));
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const view = openProgressView(process.stderr);
  try {
    const { result, progress } = await publish(home, { file, ...wishesOf(values) }, view).finally(view.close);
    printResult(result, progress, values.json === true);
    return result.status === 'ready' ? 0 : 1;
  } finally {
    if (values.down) await stopStack(home, { say, advance: () => undefined });
  }
};

async function publish(
  home: StackHome,
  { file, ...chosen }: Upload,
  view: ProgressView,
): Promise<{ result: DemoResult; progress: VideoProgress }> {
  const stack = await setUp(home, view);
  const api = new SprocketClient({ url: stack.endpoints.api_url, apiKey: operatorKey(home) });
  if (chosen.drm) await needClearKey(stack.endpoints.api_url);
  view.show({ name: 'upload', percent: 0, state: 'running' });
  const onProgress = (sent: number, total: number) => view.show({ name: 'upload', percent: (99 * sent) / total, state: 'running' });
  const videoId = await uploadPath(api, file, chosen, { onProgress });
  view.show({ name: 'upload', percent: 100, state: 'completed' });
  const progress = await waitForEnd(api, videoId, view);
  const manifest = progress.status === 'ready' ? await api.manifest(videoId) : null;
  const { api_url: apiUrl, temporal_ui_url: temporalUiUrl } = stack.endpoints;
  const result = {
    video_id: videoId,
    status: progress.status,
    failed_step: progress.failed_step ?? null,
    error: progress.error ?? null,
    hls_url: manifest?.hls_url ?? null,
    dash_url: manifest?.dash_url ?? null,
    watch_url: `${apiUrl}/watch/${videoId}`,
    temporal_ui_url: `${temporalUiUrl}/namespaces/${STACK_NAMESPACE}/workflows/${encodeURIComponent(processVideoWorkflowId(videoId))}`,
    families: Object.fromEntries(Object.entries(progress.families).map(([name, { state }]) => [name, state])),
    seconds: Math.round(performance.now() / 100) / 10,
  };
  return { result, progress };
}

async function setUp(home: StackHome, view: ProgressView): Promise<RunningStack> {
  view.show({ name: 'set-up', percent: 0, state: 'running' });
  const stack = await startStack(home, {
    say: view.say,
    advance: (done, total, service) => view.show({ name: 'set-up', percent: (99 * done) / total, state: `${service} is ready` }),
  });
  view.show({ name: 'set-up', percent: 100, state: 'completed' });
  return stack;
}

async function waitForEnd(api: SprocketClient, videoId: string, view: ProgressView): Promise<VideoProgress> {
  for (;;) {
    const progress = await api.progress(videoId);
    for (const row of videoRows(progress)) view.show(row);
    if (isOver(progress)) return progress;
    await sleep(POLL_MS);
  }
}

/** An API that was started before does not read the setting again. Throws when it gives no licences. */
async function needClearKey(apiUrl: string): Promise<void> {
  const response = await fetch(`${apiUrl}/api/v1/videos/0/clearkey`, { method: 'POST', headers: JSON_BODY, body: SOME_KEY });
  const { code } = (await response.json()) as { code?: string };
  if (code === 'ClearKeyOff') throw new Error('The API is running without ClearKey licences; `npm run down`, then start the demo again.');
}

/** What was typed for an upload: `h264,av1`, the name of a preset, protection. Names are the service's to judge. */
function wishesOf({ codecs, preset, drm }: { codecs?: string; preset?: string; drm?: boolean }): Omit<Upload, 'file'> {
  return {
    ...(drm ? { drm: {} } : {}),
    ...(codecs === undefined ? {} : { codecs: codecs.split(',').map((name) => name.trim()) as VideoWishes['codecs'] & object }),
    ...(preset === undefined ? {} : { preset }),
  };
}

function printResult(result: DemoResult, progress: VideoProgress, asJson: boolean): void {
  if (result.status !== 'ready') say(visibleText(`${result.video_id} ended ${result.status}${failureSentence(progress)}`));
  if (asJson) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const lines: [string, string | null][] = [
    ['Watch', result.watch_url],
    ['HLS', result.hls_url],
    ['DASH', result.dash_url],
    ['Temporal', result.temporal_ui_url],
  ];
  for (const [name, address] of lines) if (address) process.stdout.write(`${name.padEnd(10)}${address}\n`);
  process.stdout.write(`${result.status} after ${result.seconds} s\n`);
}
