import { createRedactor } from '../../infra/redaction/redactor';
import { NestLog } from './nest-log';
import { createProgramLog } from './program-log';
import { secretsOf } from './secrets-of';
import { writeSdkEntry } from './temporal-log';

const ENV = {
  MYSQL_URL: 'mysql://sprocket:pa%24%24word@db:3306/sprocket',
  S3_SECRET_ACCESS_KEY: 'store-secret',
  API_KEYS: 'key-of-ann:ann,key-of-bob:bob',
  DRM_MASTER_KEY_FILE: '/run/master',
  SHORT_TOKEN: 'x',
};

function openLog(level: 'info' | 'debug' = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, log: createProgramLog({ program: 'worker', level, redactor: createRedactor(secretsOf(ENV), '/app'), destination }) };
}

it('finds the secrets of an environment, longest first', () => {
  expect(secretsOf(ENV)).toEqual([
    'key-of-ann:ann',
    'key-of-bob:bob',
    'pa%24%24word',
    'store-secret',
    'key-of-ann',
    'key-of-bob',
    'pa$$word',
  ]);
});

it('writes one line of JSON with program, level, time and fields', () => {
  const { lines, log } = openLog();
  log.write('warn', 'lost 1 chunk', { video_id: '01KB3Q4M7ZF4PXBDQ3QAZSNXTC', chunk: 3 });
  log.write('debug', 'not important enough');
  expect(lines).toEqual([
    expect.objectContaining({ level: 'warn', program: 'worker', msg: 'lost 1 chunk', video_id: '01KB3Q4M7ZF4PXBDQ3QAZSNXTC', chunk: 3 }),
  ]);
  expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
});

it('hides secrets of the environment, URLs and paths in messages, fields and stacks', () => {
  const { lines, log } = openLog();
  const error = new Error('store-secret refused by http://s3:9000/a?X-Amz-Signature=abc');
  error.stack = `${error.message}\n    at put (/app/dist/infra/put.js:1:1) of /home/ann/film.mp4`;
  new NestLog(log).error({ message: 'pa$$word and key-of-ann', error, password: 'p' }, 'Store');
  const text = JSON.stringify(lines);
  expect(text).not.toMatch(/store-secret|key-of-ann|pa\$\$word|Signature|home|"p"/);
  expect(lines[0]).toMatchObject({ context: 'Store', msg: '<hidden> and <hidden>' });
  expect(text).toContain('dist/infra/put.js:1:1');
});

it('takes texts, errors and objects from Nest', () => {
  const { lines, log } = openLog();
  const nest = new NestLog(log);
  nest.log('started', 'Api');
  nest.error('broken', 'Error: broken\n    at x', 'Api');
  nest.warn(new Error('slow'), 'Api');
  expect(lines.map(({ level, msg, context }) => [level, msg, context])).toEqual([
    ['info', 'started', 'Api'],
    ['error', 'broken', 'Api'],
    ['warn', 'slow', 'Api'],
  ]);
  expect(lines[1]?.['stack']).toContain('at x');
});

it('names what the SDK of Temporal says as all other lines do', () => {
  const { lines, log } = openLog('debug');
  writeSdkEntry(log, { level: 'WARN', message: 'slow', meta: { workflowId: 'video-1', sdkComponent: 'core', other: 1 } });
  writeSdkEntry(log, { level: 'WARN', message: 'Activity failed', meta: { sdkComponent: 'worker', activityId: '5' } });
  expect(lines).toEqual([
    expect.objectContaining({ level: 'warn', context: 'temporal', workflow_id: 'video-1' }),
    expect.objectContaining({ level: 'debug', activity_id: '5' }),
  ]);
});
