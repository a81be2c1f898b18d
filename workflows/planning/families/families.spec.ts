import { isHdrSet, type CodecFamily } from '../../../temporal/contract/media/families';
import type { HdrPicture, HdrTransfer, LightFacts } from '../../../temporal/contract/media/hdr';
import type { ChunkPlan, ColourFacts, Plan } from '../../../temporal/contract/media/plan';
import { chunkArgs } from '../encode/chunk-args';
import { packagerVideoArgs } from '../encode/packager-args';
import { BoxReader, MalformedBoxError } from '../isobmff/box';
import { entryFacts } from '../isobmff/codec';
import { colourOf } from '../isobmff/colour';
import { planFamily } from '../plan/plan-family';
import { readKeyFrame } from '../quality/key-frame';
import { filmPlan } from '../testing/film-plan';
import { AV1, AV1_HDR } from './av1';
import { FAMILIES, familyOf, type Family } from './family';
import { H264 } from './h264';
import { HEVC, HEVC_HDR } from './hevc';
import { VP9 } from './vp9';

const film = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1 });
const SDR_FAMILIES = FAMILIES.filter(({ name }) => !isHdrSet(name));
const plan = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1, families: SDR_FAMILIES });
const NAMES = ['1080p', '720p', '480p', '360p', '240p'];

/** A box whose body is bytes, then other boxes. */
function box(type: string, bytes: readonly number[], ...children: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(bytes), ...children]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

it('every family gets its own ladder beside that of H.264, which does not change', () => {
  expect(plan.families.map(({ family, rungs }) => [family, rungs.map(({ name }) => name)])).toEqual(
    ['h264', 'hevc', 'av1', 'vp9'].map((family) => [family, NAMES]),
  );
  expect(plan.families[0]).toEqual(film.families[0]);
});

it.each<[CodecFamily, object]>([
  ['hevc', { crf: 24, profile: 'main', level: '4', maxrateBps: 3_000_000, bufsizeBits: 6_000_000 }],
  ['av1', { crf: 37, profile: 'main', level: '4.0', maxrateBps: 2_500_000, bufsizeBits: 5_000_000 }],
  ['vp9', { crf: 34, profile: '0', level: '4', maxrateBps: 3_250_000, bufsizeBits: 6_500_000 }],
])('the top rung of 1080p in %s', (family, expected) => {
  const top = plan.families.find((one) => one.family === family)?.rungs[0];
  expect(top).toEqual({ name: '1080p', width: 1920, height: 1080, ...expected });
});

describe('the level of a rung', () => {
  const at = (family: Family, width: number, height: number, fps: number) =>
    family.level({ width, height, frameRate: { num: fps, den: 1 }, maxrateBps: 100_000, bufsizeBits: 200_000 });

  it.each<[Family, number, number, number, string]>([
    [HEVC, 426, 240, 30, '2'],
    [HEVC, 1280, 720, 60, '4'],
    [HEVC, 3840, 2160, 30, '5'],
    [HEVC, 3840, 2160, 60, '5.1'],
    [AV1, 1280, 720, 30, '3.1'],
    [AV1, 1920, 1080, 60, '4.1'],
    [AV1, 5120, 1440, 30, '5.0'],
    [VP9, 426, 240, 30, '2'],
    [VP9, 1920, 1080, 60, '4.1'],
    [VP9, 3840, 2160, 60, '5.1'],
  ])('%#', (family, width, height, fps, level) => {
    expect(at(family, width, height, fps)).toBe(level);
  });

  it.each([HEVC, AV1, VP9])('is refused to a picture that none holds: $name', (family) => {
    expect(() => at(family, 32_768, 32_768, 30)).toThrow(RangeError);
  });
});

describe('a chunk', () => {
  const args = (family: Family) => {
    const { rungs = [] } = plan.families.find((one) => one.family === family.name) ?? {};
    const outputs = rungs.filter(({ name }) => name === '720p').map((rung) => ({ rung, path: '/w/720p.mp4' }));
    const input = { sourceUrl: 'http://127.0.0.1:9/source', plan, family, familyPlan: {}, chunk: plan.chunks[0] as ChunkPlan, outputs };
    return chunkArgs({ ...input, captures: null, proof: null });
  };
  const HEAD = [...['-map', '[v0]', '-frames:v', '288', '-an', '-sn', '-dn'], ...['-map_metadata', '-1', '-map_chapters', '-1']];
  const TAIL = [
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1001/24000', '-video_track_timescale', '24000', '-f', 'mp4', '/w/720p.mp4'],
  ];

  it.each<[Family, string[]]>([
    [
      HEVC,
      [
        ...['-c:v', 'libx265', '-preset', 'superfast', '-tag:v', 'hvc1', '-profile:v', 'main', '-crf', '24', '-x265-params'],
        'info=0:log-level=error:frame-threads=1:pools=1:level-idc=3.1:keyint=144:min-keyint=144:scenecut=0:open-gop=0:' +
          'vbv-maxrate=1680:vbv-bufsize=3360',
      ],
    ],
    [
      AV1,
      [...['-c:v', 'libsvtav1', '-preset', '9', '-crf', '37', '-g', '144'], ...['-svtav1-params', 'scd=0:irefresh-type=2:lp=1:mbr=1400']],
    ],
    [
      VP9,
      [
        ...['-c:v', 'libvpx-vp9', '-deadline', 'good', '-cpu-used', '5', '-profile:v', '0', '-crf', '34'],
        ...['-b:v', '1638000', '-maxrate', '1820000', '-bufsize', '3640000', '-g', '144', '-keyint_min', '144'],
        ...['-threads', '1', '-row-mt', '0'],
      ],
    ],
  ])('is encoded by the command line of H.264 with the options of its encoder in their place: $name', (family, encoder) => {
    const made = args(family);
    const first = made.indexOf('-map');
    expect(made.slice(first)).toEqual([...HEAD, ...encoder, ...TAIL]);
    expect(made.slice(0, first)).toEqual(args(H264).slice(0, args(H264).indexOf('-map')));
  });

  it('gets whole kilobits from HEVC, which reads no others', () => {
    const rung = { name: '180p', width: 320, height: 180, crf: 24, profile: 'main', level: '2', maxrateBps: 244_500, bufsizeBits: 489_000 };
    const made = HEVC.encoderArgs(rung, { framesPerSegment: 300, recipe: 4, speed: 'superfast' }).join(' ');
    expect(made).toContain('vbv-maxrate=244:vbv-bufsize=489');
  });

  it('is cut into segments by the same command for every family', () => {
    const inputs = [{ path: '/w/720p.mp4', folder: '/w/720p' }];
    const packaged = FAMILIES.map((family) => packagerVideoArgs({ family, inputs, grid: plan.grid, chunk: { startFrame: 0 } }));
    expect(new Set(packaged.map((one) => one.join(' '))).size).toBe(1);
  });
});

describe('the HDR set of a source', () => {
  const PQ = { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc', range: 'limited' } as const;
  const HLG = { ...PQ, transfer: 'arib-std-b67' } as const;
  const titleOf = (colour: ColourFacts): Plan => ({
    ...film,
    source: { ...film.source, video: { ...film.source.video, pixelFormat: 'yuv420p10le', bitDepth: 10, colour, light: LIGHT } },
  });
  const argsOf = (family: Family, colour: ColourFacts) => {
    const planned = planFamily(titleOf(colour), family, { revision: 1, gpuEncoders: [], encoding: { isStrict: false, families: {} } });
    const outputs = (planned.families[0]?.rungs ?? []).filter(({ name }) => name === '720p').map((rung) => ({ rung, path: '/w/720p.mp4' }));
    const input = {
      sourceUrl: 'http://127.0.0.1:9/source',
      plan: planned,
      family,
      familyPlan: planned.families[0] ?? {},
      chunk: planned.chunks[0] as ChunkPlan,
      outputs,
    };
    return chunkArgs({ ...input, captures: null, proof: null });
  };

  const LIGHT: LightFacts = {
    masteringDisplay: {
      ...{ red: [34_000, 16_000], green: [13_250, 34_500], blue: [7_500, 3_000], white: [15_635, 16_450] },
      ...{ maxLuminance: 10_000_000, minLuminance: 1 },
    },
    contentLight: { maxCll: 1000, maxFall: 400 },
  };
  const keptAs: Record<HdrTransfer, HdrPicture> = { pq: { transfer: 'pq', ...LIGHT }, hlg: { transfer: 'hlg' } };

  it.each<[Family, HdrTransfer, ColourFacts, string, string[]]>([
    [
      HEVC_HDR,
      'pq',
      PQ,
      'smpte2084',
      [
        ...['-c:v', 'libx265', '-preset', 'superfast', '-tag:v', 'hvc1', '-profile:v', 'main10', '-crf', '24', '-dolbyvision', '0'],
        '-x265-params',
        'info=0:log-level=error:frame-threads=1:pools=1:level-idc=3.1:keyint=144:min-keyint=144:scenecut=0:open-gop=0:' +
          'vbv-maxrate=2016:vbv-bufsize=4032:hdr10-opt=1:' +
          'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400',
      ],
    ],
    [
      HEVC_HDR,
      'hlg',
      HLG,
      'arib-std-b67',
      [
        ...['-c:v', 'libx265', '-preset', 'superfast', '-tag:v', 'hvc1', '-profile:v', 'main10', '-crf', '24', '-dolbyvision', '0'],
        '-x265-params',
        'info=0:log-level=error:frame-threads=1:pools=1:level-idc=3.1:keyint=144:min-keyint=144:scenecut=0:open-gop=0:' +
          'vbv-maxrate=2016:vbv-bufsize=4032',
      ],
    ],
    [
      AV1_HDR,
      'pq',
      PQ,
      'smpte2084',
      [
        '-svtav1-params',
        'scd=0:irefresh-type=2:lp=1:mbr=1680:mastering-display=' +
          'G(0.26500,0.69000)B(0.15000,0.06000)R(0.68000,0.32000)WP(0.31270,0.32900)L(1000.0000,0.0001):content-light=1000,400',
      ],
    ],
    [
      AV1_HDR,
      'hlg',
      HLG,
      'arib-std-b67',
      [
        ...['-c:v', 'libsvtav1', '-preset', '9', '-crf', '37', '-g', '144', '-dolbyvision', '0'],
        ...['-svtav1-params', 'scd=0:irefresh-type=2:lp=1:mbr=1680'],
      ],
    ],
  ])('keeps ten bits and colours, recorded in every rung: $name in %s', (family, hdr, colour, transfer, encoder) => {
    const { families } = planFamily(titleOf(colour), family, { revision: 1, gpuEncoders: [], encoding: { isStrict: false, families: {} } });
    expect(families.map((one) => [one.family, one.rungs.map((rung) => rung.hdr)])).toEqual([[family.name, NAMES.map(() => keptAs[hdr])]]);
    const args = argsOf(family, colour);
    const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
    expect(graph).not.toContain('zscale');
    expect(graph.split(';')[0]).toMatch(
      /,sidedata=mode=delete:type=MASTERING_DISPLAY_METADATA,sidedata=mode=delete:type=CONTENT_LIGHT_LEVEL,split=1/,
    );
    expect(graph.split(';')[1]).toBe(
      '[s0]scale=1280:720:flags=bicubic+accurate_rnd+full_chroma_int+bitexact:in_color_matrix=bt2020:out_color_matrix=bt2020:' +
        'in_range=limited:out_range=limited,setsar=1,format=yuv420p10le,' +
        `setparams=range=limited:colorspace=bt2020nc:color_primaries=bt2020:color_trc=${transfer}[v0]`,
    );
    expect(args.join('\n')).toContain(encoder.join('\n'));
  });

  it('is encoded with the effort that was asked for its codec', () => {
    const encoding = { isStrict: false, highestRung: '480p', families: { hevc: { speed: 'medium', crf: 20, capPercent: 200 } } } as const;
    const [kept] = planFamily(titleOf(PQ), HEVC_HDR, { revision: 1, gpuEncoders: [], encoding }).families;
    expect([kept?.speed, kept?.rungs.map(({ name, crf, maxrateBps }) => `${name} ${crf} ${maxrateBps}`)]).toEqual([
      'medium',
      ['480p 20 2016000', '360p 20 1152000', '240p 20 576000'],
    ]);
  });

  it('looks ahead less in 2160p, which would not fit a slot', () => {
    const title = titleOf(PQ);
    const uhd = { ...title, source: { ...title.source, video: { ...title.source.video, width: 3840, height: 2160 } } };
    const encoding = { isStrict: false, families: {} };
    const [{ rungs } = { rungs: [] }] = planFamily(uhd, HEVC_HDR, { revision: 1, gpuEncoders: [], encoding }).families;
    const params = rungs.map((rung) => HEVC_HDR.encoderArgs(rung, { framesPerSegment: 144, recipe: 4, speed: 'superfast' }).at(-1) ?? '');
    expect(params.map((text) => text.includes(':rc-lookahead=5:bframes=3:'))).toEqual([true, ...NAMES.map(() => false), false]);
  });

  it('is none of a source in SDR', () => {
    expect(() => planFamily(film, HEVC_HDR, { revision: 1, gpuEncoders: [], encoding: { isStrict: false, families: {} } })).toThrow(
      RangeError,
    );
  });
});

describe('a sample entry', () => {
  const entry = (type: string, configuration: string, bytes: readonly number[], ...more: Buffer[]) => {
    const stsd = box('stsd', [0, 0, 0, 0, 0, 0, 0, 1], box(type, Array<number>(78).fill(0), box(configuration, bytes), ...more));
    const reader = new BoxReader(stsd);
    return { reader, stsd: reader.box('stsd') };
  };

  // As Shaka Packager writes them for the same configuration.
  it.each<[string, string, readonly number[], string]>([
    ['hvc1', 'hvcC', [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 90], 'hvc1.1.6.L90.90'],
    ['av01', 'av1C', [0x81, 0x04, 0x0c, 0x00], 'av01.0.04M.08'],
    ['av01', 'av1C', [0x81, 0x0c, 0xcc, 0x00], 'av01.0.12H.10'],
    ['vp09', 'vpcC', [1, 0, 0, 0, 0, 30, 0x82, 2, 2, 2], 'vp09.00.30.08.01.02.02.02.00'],
  ])('%s tells the codec: %s %j', (type, configuration, bytes, codec) => {
    const { reader, stsd } = entry(type, configuration, bytes);
    expect(entryFacts(reader, stsd, FAMILIES)).toEqual({ codec, channels: null });
    expect(() => entryFacts(reader, stsd, [H264])).toThrow(MalformedBoxError);
  });
});

describe('a sample entry with colours', () => {
  const stsdOf = (codePoints: readonly [number, number, number]) => {
    const colr = box('colr', [...Buffer.from('nclx'), ...codePoints.flatMap((code) => [0, code]), 0]);
    const entry = box('av01', Array<number>(78).fill(0), box('av1C', [0x81, 0x04, 0x4c, 0x00]), colr);
    return box('stsd', [0, 0, 0, 0, 0, 0, 0, 1], entry);
  };

  // As Shaka Packager writes them for the same configuration.
  it.each<[string, [number, number, number], string]>([
    ['PQ', [9, 16, 9], 'av01.0.04M.10.0.110.09.16.09.0'],
    ['HLG', [9, 18, 9], 'av01.0.04M.10.0.110.09.18.09.0'],
    ['SDR, which needs none', [6, 6, 6], 'av01.0.04M.10'],
  ])('%s', (_, codePoints, codec) => {
    const stsd = stsdOf(codePoints);
    const reader = new BoxReader(stsd);
    expect(entryFacts(reader, reader.box('stsd'), FAMILIES).codec).toBe(codec);
    const [primaries, transfer, matrix] = codePoints;
    expect(colourOf(stsd)).toEqual({ primaries, transfer, matrix, isFullRange: false });
    expect(AV1_HDR.hdrCodec?.test(codec)).toBe(transfer !== 6);
  });
});

describe('a key picture', () => {
  const range = (sample: readonly number[]) => {
    const trun = (dataOffset: number) => {
      const bytes = box('trun', [0, 0, 2, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, sample.length]);
      bytes.writeUInt32BE(dataOffset, 16);
      return bytes;
    };
    const tfhd = box('tfhd', [0, 2, 0, 8, 0, 0, 0, 1, 0, 0, 3, 233]);
    const moof = (dataOffset: number) => box('moof', [], box('traf', [], tfhd, box('tfdt', [0, 0, 0, 0, 0, 0, 0, 9]), trun(dataOffset)));
    return Buffer.concat([moof(moof(0).length + 8), box('mdat', sample)]);
  };
  const SEQUENCE_HEADER = [0x0a, 1, 0];

  it.each<[string, Family, number[], boolean]>([
    ['IDR', H264, [0, 0, 0, 3, 0x65, 1, 0], true],
    ['no IDR', H264, [0, 0, 0, 3, 0x41, 1, 0], false],
    ['IDR', HEVC, [0, 0, 0, 3, 19 << 1, 1, 0], true],
    ['no IDR', HEVC, [0, 0, 0, 3, 1 << 1, 1, 0], false],
    ['KEY_FRAME after a sequence header', AV1, [...SEQUENCE_HEADER, 0x32, 2, 0x10, 0], true],
    ['INTER_FRAME', AV1, [0x32, 2, 0x30, 0], false],
    ['INTRA_ONLY_FRAME', AV1, [...SEQUENCE_HEADER, 0x32, 2, 0x50, 0], false],
    ['a frame shown again', AV1, [0x1a, 1, 0x80], false],
    ['nothing but a sequence header', AV1, SEQUENCE_HEADER, false],
    ['KEY_FRAME', VP9, [0x82, 0x49, 0x83, 0x42], true],
    ['NON_KEY_FRAME', VP9, [0x86, 0, 0, 0], false],
    ['a frame shown again', VP9, [0x88, 0, 0, 0], false],
    ['no frame', VP9, [0x02, 0, 0, 0], false],
  ])('%s', (_, family, sample, idr) => {
    expect(readKeyFrame(range(sample), family)).toEqual({ startTicks: 9, idr });
  });

  it('is not looked for in an OBU that does not say its size', () => {
    expect(() => readKeyFrame(range([0x30, 0x10, 0]), AV1)).toThrow(MalformedBoxError);
  });
});

it('a family that this code does not have is no plan for it', () => {
  expect(familyOf('av1')).toBe(AV1);
  expect(() => familyOf('theora' as CodecFamily)).toThrow(expect.objectContaining({ type: 'EncoderMissing' }));
});
