import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { runTool } from '../media-tools/run-tool';
import { CommandEngine } from './command-engine';
import { HttpEngine } from './http-engine';
import { openSpeechEngine } from './open-speech-engine';

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engines-'));
  path = join(folder, 'piece.wav');
  await writeFile(path, 'RIFF of sound');
});
afterAll(() => rm(folder, { recursive: true }));

const { signal } = new AbortController();
const task = { signal, tool: runTool };
const sound = () => ({ path, language: 'en' });

describe('an engine that is a program', () => {
  /** The arguments behind the program are `process.argv[1]` and so on. */
  const engine = (program: string) => new CommandEngine([process.execPath, '-e', program, '{sound}', '--in={language}'], ['en']);

  it('gets the sound and the language, and its words are read', async () => {
    const program = `console.log(JSON.stringify({
      words: [{ text: process.argv[1].endsWith('/piece.wav') + process.argv[2], start_ms: 10.4, end_ms: 600, probability: 0.5 }],
      average_log_probability: -0.25,
    }))`;
    const expected = { words: [{ text: 'true--in=en', startMs: 10, endMs: 600 }], averageLogProbability: -0.25 };
    expect(await engine(program).transcribe(sound(), task)).toEqual(expected);
  });

  it('is as sure as its words are where it does not say how sure it is', async () => {
    const program = `console.log('{"words": [{ "text": "a", "start_ms": 0, "end_ms": 1, "probability": 1 }, { "text": "b", "start_ms": 1, "end_ms": 2, "probability": 0.25 }]}')`;
    expect((await engine(program).transcribe(sound(), task)).averageLogProbability).toBeCloseTo(Math.log(0.25) / 2);
  });

  it.each([
    ['ends with an error', 'process.exit(3)'],
    ['prints no JSON', 'console.log("hello")'],
    ['prints another answer', 'console.log("{}")'],
    ['prints times that are none', 'console.log(\'{"words": [{ "text": "a", "start_ms": -1, "end_ms": 1 }]}\')'],
  ])('fails when it %s', async (_what, program) => {
    await expect(engine(program).transcribe(sound(), task)).rejects.toMatchObject({ type: 'SpeechEngineFailed' });
  });

  it('fails when it is not there', async () => {
    const absent = new CommandEngine([join(folder, 'absent'), '{sound}'], ['en']);
    await expect(absent.transcribe(sound(), task)).rejects.toMatchObject({
      type: 'SpeechEngineFailed',
      message: expect.not.stringContaining(folder),
    });
  });

  it('ends with the task that it works for', async () => {
    const stopped = AbortSignal.abort(new Error('stop'));
    const ended = { signal: stopped, tool: (run: Parameters<typeof runTool>[0]) => runTool({ ...run, signal: stopped }) };
    await expect(engine('').transcribe(sound(), ended)).rejects.toThrow('stop');
  });
});

describe('an engine behind an address', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string };
  let asked: { authorization: string | undefined; body: string };

  beforeAll(async () => {
    server = createServer((request, response) => {
      void buffer(request).then((body) => {
        asked = { authorization: request.headers.authorization, body: body.toString('latin1') };
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/audio/transcriptions`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const engine = () => new HttpEngine({ url, token: { reveal: () => 'secret' }, model: 'large' }, ['en']);

  it('is asked as the API for transcriptions says, and its words are read', async () => {
    const words = [{ word: 'Hello', start: 0.5, end: 1.25 }];
    const segments = [
      { text: 'Hell', avg_logprob: -0.2 },
      { text: 'o', avg_logprob: -0.7 },
    ];
    answer = { status: 200, body: JSON.stringify({ text: 'Hello', words, segments }) };
    const transcript = await engine().transcribe(sound(), task);
    expect(transcript).toEqual({ words: [{ text: 'Hello', startMs: 500, endMs: 1_250 }], averageLogProbability: expect.closeTo(-0.3) });
    expect(asked.authorization).toBe('Bearer secret');
    const fields = [...asked.body.matchAll(/name="([^"]+)"[^\r]*(?:\r\nContent-Type: [^\r]*)?\r\n\r\n([^\r]*)/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(fields).toEqual([
      ['file', 'RIFF of sound'],
      ['model', 'large'],
      ['language', 'en'],
      ['response_format', 'verbose_json'],
      ['temperature', '0'],
      ['timestamp_granularities[]', 'word'],
      ['timestamp_granularities[]', 'segment'],
    ]);
  });

  it.each([
    ['refuses', 401, '{}'],
    ['answers something else', 200, 'hello'],
    ['tells text without times', 200, '{"segments": [{ "text": "Hello" }]}'],
  ])('fails when the server %s', async (_what, status, body) => {
    answer = { status, body };
    const failed = engine().transcribe(sound(), task);
    await expect(failed).rejects.toMatchObject({ type: 'SpeechEngineFailed', message: expect.not.stringMatching(/secret|127/) });
  });
});

it('is the program, the server or none, as the settings say', () => {
  const server = { url: 'http://speech', token: null, model: 'large' };
  expect(openSpeechEngine({ command: ['a', '{sound}'], server: null, languages: ['en'] })).toBeInstanceOf(CommandEngine);
  expect(openSpeechEngine({ command: null, server, languages: ['en', 'de'] })).toMatchObject({ languages: ['en', 'de'] });
  expect(openSpeechEngine({ command: null, server: null, languages: ['en'] })).toBeNull();
});
