import { changesDescription, descriptionsArgs, laterPixelAspects } from './pixel-aspects';

const packet = (pts: number) => ({ pts, dts: pts, durationTicks: 40, keyFrame: false, discard: false });

describe('descriptionsArgs', () => {
  it('looks where a stream may change its pixels and its container says nothing of them', () => {
    expect(descriptionsArgs('mpegts', 'h264')).toContain('filter_units=pass_types=7');
    expect(descriptionsArgs('mpegts', 'vc1')).toBeNull();
    expect(descriptionsArgs('avi', 'h264')).toBeNull();
  });
});

describe('changesDescription', () => {
  const line = (dts: number, crc: string) => `0, ${dts}, ${dts}, 3600, 12, ${crc}, S=1, MPEGTS Stream ID, 1, 0x00e000e0`;

  it('compares checksums, not times or side data', () => {
    const header = '#software: Lavf63.1.102\n#tb 0: 1/90000';
    expect(changesDescription([header, line(-3600, '0x12cb043c'), line(32400, '0x12cb043c')].join('\n'))).toBe(false);
    expect(changesDescription([header, line(-3600, '0x12cb043c'), line(32400, '0x131b044c')].join('\n'))).toBe(true);
    expect(changesDescription(header)).toBe(false);
  });
});

describe('laterPixelAspects', () => {
  const timebase = { num: 1, den: 1000 };
  // Two groups of pictures; the second one begins with two that are shown before its key frame.
  const packets = [0, 120, 40, 80, 240, 160, 200, 360].map(packet);
  const found = (aspects: (string | undefined)[], first = { num: 16, den: 15 }) =>
    laterPixelAspects(
      { timebase, packets },
      {
        frames: [0, 240, 360].map((ms, index) => ({ pts_time: (ms / 1000).toFixed(6), sample_aspect_ratio: aspects[index] })),
      },
      first,
    );

  it('begins with the first frame in presentation that is decoded with the new key frame', () => {
    expect(found(['16:15', '64:45', '64:45'])).toEqual([{ fromPts: 160, pixelAspect: { num: 64, den: 45 } }]);
  });

  it('goes back and forth, and takes pixels for square that are not described', () => {
    expect(found(['16:15', 'N/A', '32:30'])).toEqual([
      { fromPts: 160, pixelAspect: { num: 1, den: 1 } },
      { fromPts: 360, pixelAspect: { num: 16, den: 15 } },
    ]);
    expect(found([undefined, undefined, undefined], { num: 1, den: 1 })).toEqual([]);
  });

  it('passes over key frames that could not be decoded', () => {
    expect(laterPixelAspects({ timebase, packets }, { frames: [{ sample_aspect_ratio: '64:45' }] }, { num: 1, den: 1 })).toEqual([]);
  });
});
