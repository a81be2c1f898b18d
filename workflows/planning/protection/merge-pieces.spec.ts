import type { PieceReport, ProtectedRendition } from '../../../temporal/contract/media/protection';
import { videoRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { ivCollision, mergePieces } from './merge-pieces';
import { hasSegmentsIn, pieceCount, pieceSpan } from './pieces';

const segment = (index: number, sizeBytes: number): SegmentReport => ({
  ...{
    name: `segment_${String(index + 1).padStart(5, '0')}.m4s`,
    sizeBytes,
    sampleCount: 150,
    durationTicks: 150,
    startTicks: index * 150,
  },
  ...{ reorderTicks: 2, stepTicks: 1, keyFrame: { offset: 0, sizeBytes: 1 } },
});

const SEGMENTS = 25;
const clear: RenditionReport = {
  ...{ ref: videoRef('h264', { name: '480p' }), timescale: 25, codec: 'avc1', initName: 'init.mp4', initSizeBytes: 8, initSha256: 'clear' },
  segments: Array.from({ length: SEGMENTS }, (_, index) => segment(index, 1000)),
};

function pieces(change: (part: ProtectedRendition, piece: number) => ProtectedRendition = (part) => part): PieceReport[] {
  return Array.from({ length: pieceCount([clear]) }, (_, pieceIndex) => {
    const { first, end } = pieceSpan([clear], pieceIndex);
    const segments = clear.segments.slice(first, end).map((one) => ({ ...one, sizeBytes: one.sizeBytes + 40 }));
    const ivs = { first: `${pieceIndex}`.repeat(16), count: segments.length * 150 };
    const part = { ...clear, initSizeBytes: 9, initSha256: 'encrypted', segments, kid: 'k', ivs };
    return { formatVersion: 1, pieceIndex, clearSha256: '', renditions: [change(part, pieceIndex)] };
  });
}

it('covers every segment once, a minute at a time, and a film of twelve hours in few pieces', () => {
  expect(pieceCount([clear])).toBe(3);
  expect([0, 1, 2].map((index) => pieceSpan([clear], index))).toEqual([
    { first: 0, end: 10 },
    { first: 10, end: 20 },
    { first: 20, end: 25 },
  ]);
  const film = { ...clear, segments: Array.from({ length: 7_200 }, (_, index) => segment(index, 1)) };
  expect(pieceCount([film])).toBe(300);
  expect(pieceSpan([film], 299).end).toBe(7_200);
});

it('joins pieces to the rendition that was encrypted', () => {
  const [merged] = mergePieces([clear], pieces());
  expect(merged).toMatchObject({ ref: clear.ref, initSha256: 'encrypted', initSizeBytes: 9 });
  expect(merged?.segments.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual(clear.segments.map(({ name }) => [name, 1040]));
  expect(merged).not.toHaveProperty('kid');
});

it.each<[string, PieceReport[]]>([
  ['a piece that is missing', pieces().slice(1)],
  ['pieces in another order', pieces().reverse()],
  ['another init segment', pieces((part, piece) => (piece === 1 ? { ...part, initSha256: 'other' } : part))],
  ['another key', pieces((part, piece) => (piece === 2 ? { ...part, kid: 'other' } : part))],
  ['a segment that is missing', pieces((part, piece) => (piece === 0 ? { ...part, segments: part.segments.slice(1) } : part))],
  [
    'a segment on another timeline',
    pieces((part) => ({ ...part, segments: part.segments.map((one) => ({ ...one, durationTicks: one.durationTicks + 1 })) })),
  ],
])('refuses %s', (_, broken) => {
  expect(() => mergePieces([clear], broken)).toThrow();
});

describe('IVs of one key', () => {
  const stream = (name: string, first: string, kid = 'k'): ProtectedRendition => {
    return { ...clear, ref: videoRef('h264', { name }), kid, ivs: { first, count: 100 } };
  };

  it('may lie side by side, and be the same under different keys', () => {
    expect(ivCollision([stream('480p', '0000000000000064'), stream('240p', '0000000000000000')])).toBeNull();
    expect(ivCollision([stream('480p', '0000000000000000'), stream('720p', '0000000000000000', 'other')])).toBeNull();
    expect(ivCollision(pieces().flatMap(({ renditions }) => renditions))).toBeNull();
  });

  it.each(['0000000000000063', '0000000000000000'])('must not meet: %s', (first) => {
    expect(ivCollision([stream('720p', 'ffffffffffffffff', 'other'), stream('480p', first), stream('240p', '0000000000000000')])).toMatch(
      /share IVs/,
    );
  });
});

it('takes renditions whose packets end in different segments, each from the pieces that it has segments in', () => {
  const shorter = { ...clear, ref: { ...clear.ref, name: '360p' }, segments: clear.segments.slice(0, 20) };
  const both = pieces().map((piece, index): PieceReport => {
    const { first, end } = pieceSpan([clear, shorter], index);
    const [part] = piece.renditions as [ProtectedRendition];
    const segments = part.segments.slice(0, shorter.segments.slice(first, end).length);
    return { ...piece, renditions: hasSegmentsIn(shorter, { first, end }) ? [part, { ...part, ref: shorter.ref, segments }] : [part] };
  });
  expect(both.map(({ renditions }) => renditions.length)).toEqual([2, 2, 1]);
  expect(mergePieces([clear, shorter], both).map(({ segments }) => segments.length)).toEqual([25, 20]);
});
