import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { OpenAPIObject } from '@nestjs/swagger';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';
import { startApi, type RunningApi } from '../testing/running-api';

const ADMIN_KEY = 'the-key-of-the-operator-of-this-test';
/** `npm run test:api -- --max-time 600` takes its time, and calls everything; otherwise there are the examples and few made-up calls of each operation. */
const seconds = Number(process.env['API_TEST_SECONDS'] ?? 0);
/** They start workflows on the shared Temporal server, which would keep the workers of the other tests busy. */
const STARTING_WORK =
  '^(addFamilies|removeFamily|protectVideo|choosePoster|remakeThumbnails|removeVideo|cancelVideo|retryVideos?|addSubtitles|removeSubtitles)$';
/** It does not end while the video is under way. */
const ENDLESS = '^streamVideoEvents$';
/** Of each operation; not many, as this is a part of every run of the tests. */
const FEW = ['--max-examples', '1'];
/** The same code at a second address. */
const TWICE = 'BelowPrefix$';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({
    API_ADMIN_KEY: ADMIN_KEY,
    ...{ REQUESTS_PER_KEY: '0', REQUESTS_PER_ADDRESS: '0', UPLOADS_PER_CREATOR: '0', UPLOAD_BYTES_PER_CREATOR: '0' },
  });
});

afterAll(() => api.stop());

/** What Schemathesis prints about calls made from a description, and whether it found nothing. */
async function examine(document: OpenAPIObject, args: readonly string[]): Promise<{ report: string; isClean: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'sprocket-schemathesis-'));
  try {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
    const child = spawn(
      process.env['SCHEMATHESIS_PATH'] ?? 'schemathesis',
      [
        ...['run', 'openapi.json', '--url', api.url, '-H', `Authorization: Bearer ${ADMIN_KEY}`],
        ...['--checks', 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'],
        ...['--workers', '1', '--generation-database', 'none', '--no-color', '--warnings', 'off'],
        ...args,
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const report = await text(child.stdout);
    return { report, isClean: (await ended) === 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A published video under the id that the examples of the document name. */
async function publishExample(document: OpenAPIObject): Promise<void> {
  const [id] = (document.paths['/api/v1/videos/{id}']!.get!.parameters ?? []) as { example?: string }[];
  const videoId = id!.example!;
  const videos = api.app.get(VideosRepository);
  await videos.create(newVideo({ videoId }));
  await videos.setUploaded(videoId, USUAL_WALK);
  await videos.setReady({ videoId, generation: 1 }, { manifestKey: `${videoId}/manifest.m3u8` });
}

it(
  'finds no answer that the description does not have, and finds one that is taken out of it',
  async () => {
    const { body: document } = (await api.call('GET', '/docs/openapi.json')) as { body: OpenAPIObject };
    await publishExample(document);
    const { report, isClean } = await examine(
      document,
      seconds > 0
        ? ['--max-time', String(seconds), '--exclude-operation-id-regex', ENDLESS, '--phases', 'examples,coverage,fuzzing,stateful']
        : [
            '--seed',
            '1',
            '--exclude-operation-id-regex',
            [ENDLESS, TWICE, STARTING_WORK].join('|'),
            '--phases',
            'examples,fuzzing',
            ...FEW,
          ],
    );
    if (seconds > 0) process.stderr.write(report.slice(report.indexOf('SUMMARY')));
    expect(isClean ? '' : report).toBe('');
    expect(Number(/(\d+) generated/.exec(report)?.[1])).toBeGreaterThan(40);

    const wrong = structuredClone(document);
    delete wrong.paths['/api/v1/videos/{id}']!.get!.responses['200'];
    const control = await examine(wrong, ['--phases', 'examples', '--include-operation-id', 'getVideo']);
    expect(control.isClean).toBe(false);
    expect(control.report).toContain('Undocumented status code');
  },
  (seconds + 240) * 1000,
);
