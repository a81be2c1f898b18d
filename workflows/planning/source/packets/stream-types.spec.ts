import { changedCodec, streamTypeOf } from './stream-types';

const PICTURE = { index: 0 };
const told = (stream: number, type: string) => `[in#0/mpegts @ 0x562e] stream=${stream} stream_type=${type} pid=100 prog_reg_desc=`;

describe('the stream type of a track', () => {
  it.each([
    ['of the track', told(0, '1b'), '1b'],
    ['of another track', told(1, '3'), null],
    ['of MPEG-1, which is read as MPEG-2', told(0, '1'), '2'],
    ['before the first program map', told(0, '0'), null],
    ['in no other line', '[in#0/mpegts @ 0x562e] Continuity check failed for pid 256 expected 14 got 0', null],
  ])('is read %s', (_, line, type) => {
    expect(streamTypeOf(line, PICTURE)).toBe(type);
  });

  it('is refused where it changes', () => {
    expect(changedCodec(new Set(['1b', '2']))?.refused).toBe('SourceUnsupported');
    expect(changedCodec(new Set(['1b']))).toBeNull();
    expect(changedCodec(new Set())).toBeNull();
  });
});
