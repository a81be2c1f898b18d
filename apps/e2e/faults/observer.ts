import { setTimeout as sleep } from 'node:timers/promises';
import { apiUrl } from '../scenes/published-video';
import type { Scene } from './scene';

const LOOK_EVERY_MS = 1_000;

/** Signs visible to an operator during a fault and its recovery. */
export class Observer {
  readonly statuses = new Set<string>();
  readonly failures = new Set<string>();
  readonly metrics = new Set<string>();
  private isOver = false;
  private readonly looking: Promise<void>;

  constructor(private readonly scene: Scene) {
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.isOver) {
      await Promise.all([this.lookAtStatus(), this.lookAtFailures(), this.lookAtMetrics()]);
      await sleep(LOOK_EVERY_MS);
    }
  }

  private async lookAtStatus(): Promise<void> {
    const answers = await Promise.all(this.scene.videoIds.map((videoId) => answerOf(`/api/v1/videos/${videoId}/status`)));
    for (const { status, body } of answers) {
      if (status !== 200) this.statuses.add(status === 0 ? 'no answer' : `answer ${status}`);
      else for (const name of statesWorthNoting(body)) this.statuses.add(name);
    }
  }

  private async lookAtFailures(): Promise<void> {
    for (const failure of await this.scene.lastFailures()) this.failures.add(failure);
  }

  private async lookAtMetrics(): Promise<void> {
    const { status, body } = await answerOf('/metrics');
    if (status !== 200) return;
    for (const [, dependency] of body.matchAll(/^sprocket_dependency_up\{dependency="(\w+)"\} 0$/gm))
      this.metrics.add(`sprocket_dependency_up{dependency="${dependency}"} 0`);
    for (const [line] of body.matchAll(/^sprocket_unfit_workers\{.*\} [1-9]\d*$/gm)) this.metrics.add(line);
  }
}

/** Steps that are retried, and videos that failed. */
function statesWorthNoting(body: string): string[] {
  const { status, pipeline_progress: steps } = JSON.parse(body) as {
    status: string;
    pipeline_progress: Record<string, string | { state?: string }>;
  };
  const retrying = Object.entries(steps).filter(([, step]) => (typeof step === 'string' ? step : step.state) === 'retrying');
  return [...(status === 'failed' ? ['failed'] : []), ...retrying.map(([name]) => `${name} retrying`)];
}

/** Status 0 when there is no answer. */
async function answerOf(path: string): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(`${apiUrl()}${path}`, { signal: AbortSignal.timeout(5_000) });
    return { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
