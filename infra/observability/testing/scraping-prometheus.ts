import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../machine/free-port';
import { testTool } from './test-tool';

/** A Prometheus that scrapes every second. */
export interface ScrapingPrometheus {
  /** The `data` of an answer of its HTTP API. Throws what it says of a query that it refuses. */
  ask(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** `targets` are `host:port`; `rules` is the path of a file. */
export async function startPrometheus(targets: readonly string[], rules: string): Promise<ScrapingPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: [{ job_name: 'sprocket', static_configs: [{ targets }] }],
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const address = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const args = [`--config.file=${join(folder, 'prometheus.yml')}`, `--storage.tsdb.path=${folder}`, `--web.listen-address=${address}`];
  const child = spawn(testTool('PROMETHEUS_PATH'), [...args, '--log.level=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  return {
    ask: async (path) => {
      const response = await fetch(`http://${address}${path}`);
      const { status, data, error } = (await response.json()) as { status: string; data: unknown; error?: string };
      if (status !== 'success') throw new Error(error);
      return data;
    },
    stop: async () => {
      child.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
