import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { Output, stateLine } from './output';

const EVIL = 'a\u001b[2J\n\u202eb';
const SHOWN = 'a\\u001b[2J\\u000a\\u202eb';

function written(isJson: boolean, use: (out: Output) => void): string {
  const stream = new PassThrough();
  use(new Output(stream, { isJson, hasColour: !isJson, isTerminal: !isJson }));
  return String(stream.read() ?? '');
}

it('shows what names and sentences of others hold, and does not let it act', () => {
  const text = written(false, (out) => {
    out.list([{ title: EVIL }], ['title'], ({ title }) => [title]);
    out.say(`warning: ${EVIL}`);
    out.result({}, `${EVIL}.mp4`);
    out.say(stateLine(EVIL, 'ready', `: ${EVIL}`));
  });
  expect(text).toContain('\u001b[32mready');
  expect(stripVTControlCharacters(text).split('\n')).toEqual([
    ...['title', SHOWN, `warning: ${SHOWN}`, `${SHOWN}.mp4`, `${SHOWN} is ready: ${SHOWN}`, ''],
  ]);
});

it('gives programs the same values in plain characters', () => {
  const text = written(true, (out) => out.list([{ title: EVIL }], ['title'], ({ title }) => [title]));
  expect(text).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(text)).toEqual({ title: EVIL });
});
