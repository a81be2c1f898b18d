import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createDatabase } from '../../../infra/database/database';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { createTemporalClient } from '../../../temporal/client';
import { historiesOf } from '../../../temporal/testing/histories';
import { postJson } from './post-json';
import { openStackStore } from './stack-store';

/** Content keys of a video as the ClearKey endpoint gives them for the key ids in its MPD, 16 bytes each. */
export async function keysOfVideo(videoId: string, dashUrl: string): Promise<{ kid: Buffer; key: Buffer }[]> {
  const mpd = await (await fetch(dashUrl)).text();
  const kids = [...mpd.matchAll(/default_KID="([^"]+)"/g)].map(([, kid = '']) => Buffer.from(kid.replaceAll('-', ''), 'hex'));
  const asked = [...new Set(kids.map((kid) => kid.toString('base64url')))];
  const response = await postJson(`videos/${videoId}/clearkey`, { kids: asked });
  if (!response.ok) throw new Error(`the ClearKey endpoint answered ${response.status} for ${asked.length} keys: ${await response.text()}`);
  const { keys } = (await response.json()) as { keys: { kid: string; k: string }[] };
  return keys.map(({ kid, k }) => ({ kid: Buffer.from(kid, 'base64url'), key: Buffer.from(k, 'base64url') }));
}

/** Every place that holds one of the keys: histories of its workflows, logs of all processes, rows, and objects of the video. */
export async function whereKeysAre(videoId: string, keys: readonly Buffer[]): Promise<string[]> {
  const places = await Promise.all([inHistories(videoId), inLogs(), inRows(), inObjects(videoId)]);
  const holds = ({ content }: Place) => keys.some((key) => formsOf(key).some((form) => content.includes(form)));
  return places
    .flat()
    .filter(holds)
    .map(({ name }) => name);
}

interface Place {
  name: string;
  content: Buffer;
}

/** As bytes and as tools, licences and JSON write it. */
function formsOf(key: Buffer): Buffer[] {
  const hex = key.toString('hex');
  return [
    key,
    ...[hex, hex.toUpperCase(), key.toString('base64').replace(/=+$/, ''), key.toString('base64url')].map((text) => Buffer.from(text)),
  ];
}

async function inHistories(videoId: string): Promise<Place[]> {
  const client = createTemporalClient({ address: process.env['TEMPORAL_ADDRESS'] ?? '', namespace: 'default' });
  try {
    const places: Place[] = [];
    for await (const { workflowId } of client.workflow.list({ query: `WorkflowId STARTS_WITH "video-${videoId}"` })) {
      const payloads = JSON.stringify(await historiesOf(client, workflowId), (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      );
      places.push({ name: `history of ${workflowId}`, content: Buffer.from(payloads, 'latin1') });
    }
    if (places.length === 0) throw new Error('no history was found');
    return places;
  } finally {
    await client.connection.close();
  }
}

async function inLogs(): Promise<Place[]> {
  const folder = join(projectRoot(), '.sprocket', 'test', 'logs');
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => ({ name: `log ${name}`, content: await readFile(join(folder, name)) })));
}

async function inRows(): Promise<Place[]> {
  const db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
  try {
    const tables = await db.introspection.getTables();
    return await Promise.all(
      tables.map(async ({ name }) => {
        const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
        const text = JSON.stringify(rows, (_, value: unknown) => (isBytes(value) ? Buffer.from(value.data).toString('hex') : value));
        return { name: `table ${name}`, content: Buffer.from(text) };
      }),
    );
  } finally {
    await db.destroy();
  }
}

/** A buffer as JSON sees it. */
function isBytes(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'Buffer';
}

async function inObjects(videoId: string): Promise<Place[]> {
  const objects = openStackStore();
  try {
    const places: Place[] = [];
    for (const bucket of ['segments', 'transcoded'] as const) {
      for (const name of (await objects.sizesBelow(bucket, `${videoId}/`)).keys()) {
        const content = await objects.get(bucket, `${videoId}/${name}`);
        places.push({ name: `${bucket} ${name}`, content: Buffer.from(content ?? []) });
      }
    }
    return places;
  } finally {
    objects.destroy();
  }
}
