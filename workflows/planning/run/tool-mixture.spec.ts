import { chunksOfOlderTools, mixesTools, sameTools, type StoredChunk } from './tool-mixture';

const TOOLS = { ffmpeg: 'ffmpeg version 9', packager: 'packager version 3', encoder: '264 - core 165' };
const NEWER = { ...TOOLS, encoder: '264 - core 166' };

function chunk(chunkIndex: number, storedAtMs: number, madeWith?: typeof TOOLS): StoredChunk {
  return { report: { chunkIndex, ...(madeWith ? { madeWith } : {}) }, storedAtMs };
}

it.each([
  ['the same', TOOLS, { ...TOOLS }, true],
  ['another ffmpeg', TOOLS, { ...TOOLS, ffmpeg: 'ffmpeg version 10' }, false],
  ['another packager', TOOLS, { ...TOOLS, packager: 'packager version 4' }, false],
  ['another encoder', TOOLS, NEWER, false],
  ['tools that a report does not tell', TOOLS, undefined, true],
])('%s', (_, one, other, same) => {
  expect(sameTools(one, other)).toBe(same);
  expect(mixesTools([{ madeWith: one }, ...(other ? [{ madeWith: other }] : [{}])])).toBe(!same);
});

it('makes the chunks of the older tools again, however many they are', () => {
  const chunks = [chunk(0, 10, TOOLS), chunk(1, 20, TOOLS), chunk(2, 40, NEWER), chunk(3, 30, TOOLS), chunk(4, 50)];
  expect(chunksOfOlderTools(chunks)).toEqual([0, 1, 3]);
  expect(chunksOfOlderTools(chunks.filter(({ report }) => report.chunkIndex !== 2))).toEqual([]);
  expect(chunksOfOlderTools([])).toEqual([]);
});
