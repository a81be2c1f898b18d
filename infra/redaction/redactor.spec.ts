import { createRedactor } from './redactor';

const redactor = createRedactor(['k9!pass'], '/opt/sprocket');
const text = (said: string) => redactor.text(said);

describe('what is hidden in a text', () => {
  it.each([
    ['a signed URL', 'PUT http://s3:8333/originals/a.mp4?X-Amz-Signature=0a1b2c&X-Amz-Credential=AKIA failed', 'PUT <url> failed'],
    ['a password in a URL', 'mysql://sprocket:hunter2@db:3306/sprocket refused', '<url> refused'],
    ['a secret of the environment', 'refused k9!pass twice: k9!pass', 'refused <hidden> twice: <hidden>'],
    [
      'a named secret',
      'password=hunter2, token: "abc", Authorization: Bearer xyz1',
      'password=<hidden>, token: "<hidden>", Authorization: Bearer <hidden>',
    ],
    ['a part of a signed query', 'GET a?X-Amz-Signature=0a1b&part=2', 'GET a?X-Amz-Signature=<hidden>&part=2'],
    ['a local path', "ENOENT: open '/home/ann/my film.mp4' in ./scratch/probe-1 and /tmp/x", 'ENOENT: open <path> in <path> and <path>'],
    ['a key in base64', 'uses wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY now', 'uses <hidden> now'],
    ['a key in hexadecimal', 'key 00112233445566778899aabbccddeeff', 'key <hidden>'],
  ])('%s', (_name, said, kept) => {
    expect(text(said)).toBe(kept);
  });
});

it.each([
  'transcode of 01KB3Q4M7ZF4PXBDQ3QAZSNXTC failed on worker-of-the-long-name-4711',
  'video-01KB3Q4M7ZF4PXBDQ3QAZSNXTC/g1/h264 has the run 0199f2c4-8f6a-7c3e-9a51-3f0d2c1b4e5f',
  'MYSQL_URL: must start with mysql:// and S3_SECRET_ACCESS_KEY: is required and not set',
  'TEMPORAL_API_KEY_FILE: the file cannot be read, or is empty',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR after 5 of 17 chunks',
])('%s is left as it is', (said) => {
  expect(text(said)).toBe(said);
});

it('shows stack traces relative to the project', () => {
  expect(text('at runTask (/opt/sprocket/dist/activities/task/run-task.js:7:9)')).toBe('at runTask (dist/activities/task/run-task.js:7:9)');
});

it('redacts fields at every depth, errors and their causes included', () => {
  const error = new Error('no answer', { cause: Object.assign(new Error('connect http://10.0.0.1:1/x'), { code: 'ECONNREFUSED' }) });
  const redacted = redactor.value({ route: '/api/v1/videos/:id', headers: { Authorization: 'x' }, list: ['/tmp/a'], count: 7n, error });
  expect(redacted).toMatchObject({
    route: '/api/v1/videos/:id',
    headers: { Authorization: '<hidden>' },
    list: ['<path>'],
    count: '7',
    error: { type: 'Error', message: 'no answer', cause: { code: 'ECONNREFUSED', message: 'connect <url>' } },
  });
});
