import { parentPort, workerData } from 'node:worker_threads';
import type { StatusClients, StatusOrder, StatusReply } from './status-load';

const { apiUrl, requestsPerSecond } = workerData as StatusClients;
const intervalMs = 1000 / requestsPerSecond;
const latenciesMs: number[] = [];
const open = new Set<Promise<void>>();
let failed = 0;
let videoIds: string[] = [];
let timer: NodeJS.Timeout | undefined;

parentPort?.on('message', (order: StatusOrder) => {
  if (order.kind === 'videos') videoIds = order.ids;
  else if (order.kind === 'start') start();
  else void stop();
});

function start(): void {
  let dueMs = performance.now();
  timer = setInterval(() => {
    // A late timer must not thin out the load, nor hide the time that a request would have waited.
    for (; dueMs <= performance.now(); dueMs += intervalMs) ask(dueMs);
  }, intervalMs / 2);
}

async function stop(): Promise<void> {
  clearInterval(timer);
  await Promise.all(open);
  const sorted = latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  const reply: StatusReply = { requests: sorted.length, failed, p50_ms: at(0.5), p99_ms: at(0.99) };
  parentPort?.postMessage(reply);
}

function ask(dueMs: number): void {
  const id = videoIds[Math.floor(Math.random() * videoIds.length)];
  if (id === undefined) return;
  const request = send(id, dueMs).finally(() => open.delete(request));
  open.add(request);
}

async function send(videoId: string, dueMs: number): Promise<void> {
  try {
    const response = await fetch(`${apiUrl}/api/v1/videos/${videoId}/status`);
    await response.arrayBuffer();
    if (!response.ok) failed += 1;
  } catch {
    failed += 1;
  }
  latenciesMs.push(performance.now() - dueMs);
}
