import { tellsOfRefusedMemory } from './refused-memory';

describe('tellsOfRefusedMemory', () => {
  // As ffmpeg 9.0 printed them when its limit on data (setrlimit(2), RLIMIT_DATA) was lowered while it ran.
  it.each([
    '[fc#0 @ 0x5625bbcd3340] Error while filtering: Cannot allocate memory',
    '[vost#0:0/libx264 @ 0x55d7f649ef80] [enc:libx264 @ 0x55d7f64a31c0] Error encoding a frame: Cannot allocate memory',
    '[in#0/mov,mp4,m4a,3gp,3g2,mj2 @ 0x565140516fc0] Error during demuxing: Cannot allocate memory',
    '[vist#0:0/h264 @ 0x55b8735e8d80] [dec:h264 @ 0x55b873792680] Decoding error: Cannot allocate memory',
    '[h264 @ 0x5586d8dac7c0] Could not allocate memory',
    'x264 [error]: malloc of size 2584448 failed',
    '[h264 @ 0x558aa6b4aec0] get_buffer() failed',
    '[h264 @ 0x558aa6b4aec0] thread_get_buffer() failed',
    '[vist#0:0/h264 @ 0x562726e29000] [dec:h264 @ 0x562726e15d40] Error while opening decoder: Resource temporarily unavailable',
    'Error binding filtergraph inputs/outputs: Resource temporarily unavailable',
    '[swscaler @ 0x55d1] Failed initializing scaling graph (Resource temporarily unavailable): fmt:yuv420p csp:bt709 -> fmt:yuv420p csp:bt709',
  ])('%s', (line) => {
    expect(tellsOfRefusedMemory(line)).toBe(true);
  });

  it.each([
    ['damage that dav1d calls so', '[vist#0:0/av1 @ 0x5] [dec:libdav1d @ 0x6] Error submitting packet to decoder: Cannot allocate memory'],
    ['damage that dav1d calls so', '[vist#0:0/av1 @ 0x5] [dec:libdav1d @ 0x6] Decoding error: Cannot allocate memory'],
    ['damaged sound', '[aac @ 0x5] channel element 2.13 is not allocated'],
    [
      'a damaged packet',
      '[vist#0:0/h264 @ 0x5] [dec:h264 @ 0x6] Error submitting packet to decoder: Invalid data found when processing input',
    ],
    [
      'a decoder that wants to be asked again',
      '[vist#0:0/h264 @ 0x5] [dec:h264 @ 0x6] Error submitting packet to decoder: Resource temporarily unavailable',
    ],
  ])('not %s: %s', (_, line) => {
    expect(tellsOfRefusedMemory(line)).toBe(false);
  });
});
