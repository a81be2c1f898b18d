import { tellsOfLaterTrack } from './later-tracks';

describe('tellsOfLaterTrack', () => {
  it.each([
    ['[in#0/mpegts @ 0x5563a0b1ed00] New video stream with index 2 at pos:73132 and DTS:7.4s', true],
    ['[in#0/mpegts @ 0x5563a0b1ed00] New audio stream 0:3 at pos:76704 and DTS:7.378667s', true],
    ['[in#0/mpegts @ 0x5563a0b1ed00] New data stream with index 4 at pos:76704 and DTS:7.4s', false],
    ['[in#0/mpegts @ 0x5563a0b1ed00] Packet corrupt (stream = 0, dts = 662400).', false],
  ])('reads %s', (line, tells) => {
    expect(tellsOfLaterTrack(line)).toBe(tells);
  });
});
