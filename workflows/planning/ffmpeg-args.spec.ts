import type { FamilyPlan, Plan, VideoFacts } from '../../temporal/contract/plan';
import { audioArgs } from './ffmpeg-audio';
import { h264ChunkArgs, parseProgressFrame } from './ffmpeg-h264';
import { packagerAudioArgs, packagerVideoArgs } from './packager-args';
import { packetScanArgs, parsePacketScan } from './packet-scan';

const URL = 'http://127.0.0.1:9/source';
const DEMUXERS =
  'mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,mxf,ogg,wtv,dv,gxf,nut,rm,gif,ivf,obu,h264,hevc,m4v,yuv4mpegpipe';
const INPUT = ['-protocol_whitelist', 'http,tcp', '-format_whitelist', DEMUXERS, '-i', URL];
const FILE_INPUT = (path: string) => ['-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS, '-i', path];
const SCALER = 'flags=bicubic+accurate_rnd+full_chroma_int+bitexact,setsar=1,format=yuv420p';
const NTSC = { num: 30000, den: 1001 };
const grid = { frameRate: NTSC, frameCount: 900, framesPerSegment: 180, segmentCount: 5 };
const chunk = { index: 1, startFrame: 360, endFrame: 900, seekUs: 11_995_317 };
const family: FamilyPlan = {
  family: 'h264',
  rungs: [
    { name: '480p', width: 854, height: 480, crf: 22, maxrateBps: 1_400_000, bufsizeBits: 2_800_000, profile: 'main', level: '3.1' },
    { name: '240p', width: 426, height: 240, crf: 23, maxrateBps: 400_000, bufsizeBits: 800_000, profile: 'main', level: '2.1' },
  ],
};

function planOf(cadence: VideoFacts['cadence']): Plan {
  const video = { streamIndex: 2, timebase: { num: 1, den: 90_000 }, firstPts: 126_000, frameRate: NTSC, cadence };
  return { grid, source: { startTimeUs: 1_400_000, video } } as Plan;
}

const rungOutput = (pad: string, tail: string[]) => [
  ...['-map', pad, '-frames:v', '540', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '1', ...tail.slice(0, 10)],
  ...['-flags', '+cgop', '-g', '180', '-keyint_min', '180', '-sc_threshold', '0'],
  ...['-fps_mode', 'passthrough', '-enc_time_base', '1001/30000', '-video_track_timescale', '30000', '-f', 'mp4', ...tail.slice(10)],
];
const global = ['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-benchmark', '-progress', 'pipe:1', '-y'];
const outputs = [
  { rungName: '480p', path: '/w/480p.mp4' },
  { rungName: '240p', path: '/w/240p.mp4' },
];
const encoded = [
  ...rungOutput('[v0]', ['-profile:v', 'main', '-level:v', '3.1', '-crf', '22', '-maxrate', '1400000', '-bufsize', '2800000', '/w/480p.mp4']),
  ...rungOutput('[v1]', ['-profile:v', 'main', '-level:v', '2.1', '-crf', '23', '-maxrate', '400000', '-bufsize', '800000', '/w/240p.mp4']),
];

describe('h264ChunkArgs', () => {
  it('decodes once and counts the frames of a constant source', () => {
    expect(h264ChunkArgs({ sourceUrl: URL, plan: planOf('constant'), family, chunk, outputs, captures: null, proof: null })).toEqual([
      ...global,
      ...['-filter_complex_threads', '2', '-threads', '2', '-ss', '11.995317', ...INPUT, '-filter_complex'],
      `[0:2]settb=1001/30000,setpts=N,trim=end_frame=540,split=2[s0][s1];[s0]scale=854:480:${SCALER}[v0];[s1]scale=426:240:${SCALER}[v1]`,
      ...encoded,
    ]);
  });

  it('maps the frames of a variable source onto the grid by absolute time', () => {
    const mapping = 'setpts=PTS-(126000),fps=30000/1001:round=near,trim=start_pts=360,tpad=stop=-1:stop_mode=clone';
    expect(h264ChunkArgs({ sourceUrl: URL, plan: planOf('variable'), family, chunk, outputs, captures: null, proof: null })).toEqual([
      ...global,
      ...['-filter_complex_threads', '2', '-copyts', '-threads', '2', '-ss', '11.995317', ...INPUT, '-filter_complex'],
      `[0:2]${mapping},settb=1001/30000,setpts=N,trim=end_frame=540,split=2[s0][s1];[s0]scale=854:480:${SCALER}[v0];[s1]scale=426:240:${SCALER}[v1]`,
      ...encoded,
    ]);
  });

  it('captures chosen frames on the way', () => {
    const captures = { frames: [60, 210], firstNumber: 4, width: 854, height: 480, folder: '/w' };
    const args = h264ChunkArgs({ sourceUrl: URL, plan: planOf('constant'), family, chunk, outputs, captures, proof: null });
    expect(args[args.indexOf('-filter_complex') + 1]).toBe(
      '[0:2]settb=1001/30000,setpts=N,trim=end_frame=540,split=3[s0][s1][s2];' +
        `[s0]scale=854:480:${SCALER}[v0];[s1]scale=426:240:${SCALER}[v1];` +
        "[s2]select='eq(n,60)+eq(n,210)',scale=854:480,setsar=1[captures]",
    );
    expect(args.slice(args.indexOf('[captures]') - 1)).toEqual([
      ...['-map', '[captures]', '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'],
      ...['-f', 'image2', '-start_number', '4', '/w/capture_%03d.jpg'],
    ]);
  });

  it('leaves what the lowest rung is proved against', () => {
    const proof = { signaturesPath: '/w/source.signatures', originsPath: '/w/source.origins' };
    const args = h264ChunkArgs({ sourceUrl: URL, plan: planOf('constant'), family, chunk, outputs, captures: null, proof });
    expect(args[args.indexOf('-filter_complex') + 1]).toBe(
      `[0:2]settb=1001/30000,setpts=N,trim=end_frame=540,split=2[s0][s1];[s0]scale=854:480:${SCALER}[v0];` +
        `[s1]scale=426:240:${SCALER},split[v1][p];[p]scale=32:18:flags=area,format=gray[signatures]`,
    );
    expect(args.filter((arg) => arg === '-stats_enc_pre')).toHaveLength(1);
    expect(args.slice(args.indexOf('-stats_enc_pre'))).toEqual([
      ...['-stats_enc_pre', '/w/source.origins', '-stats_enc_pre_fmt', '{ptsi} {tbi}'],
      ...['-video_track_timescale', '30000', '-f', 'mp4', '/w/240p.mp4'],
      ...['-map', '[signatures]', '-fps_mode', 'passthrough', '-enc_time_base', '1001/30000', '-f', 'rawvideo', '/w/source.signatures'],
    ]);
  });

  it('does not seek for the first frame', () => {
    const first = { startFrame: 0, endFrame: 360, seekUs: 0 };
    expect(h264ChunkArgs({ sourceUrl: URL, plan: planOf('constant'), family, chunk: first, outputs, captures: null, proof: null })).not.toContain('-ss');
  });

  it('refuses an output without a rung', () => {
    const stray = [{ rungName: '999p', path: '/w/999p.mp4' }];
    expect(() => h264ChunkArgs({ sourceUrl: URL, plan: planOf('constant'), family, chunk, outputs: stray, captures: null, proof: null })).toThrow(RangeError);
  });
});

it.each([['frame=1200', 1200], ['frame=  7', 7], ['fps=25.0', null], ['out_time_us=frame=1', null]])('progress line %s', (line, frame) => {
  expect(parseProgressFrame(line)).toBe(frame);
});

it('aligns audio to the first video frame and to the length of the video', () => {
  const audio = { name: 'aac_128k', bitrateBps: 128_000, channels: 2, sampleRateHz: 48_000, language: null, sourceTrack: 1 };
  expect(audioArgs({ inputPath: '/w/audio.mka', plan: planOf('constant'), audio, outPath: '/w/audio.mp4' })).toEqual([
    ...global,
    ...['-copyts', ...FILE_INPUT('/w/audio.mka'), '-filter_complex'],
    '[0:a:1]asettb=1/1000000,asetpts=PTS-(3601400000),aresample=48000:async=1:first_pts=0,' +
      'aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample=1441440[a]',
    ...['-map', '[a]', '-map_metadata', '-1', '-map_chapters', '-1', '-c:a', 'aac', '-b:a', '128000', '-threads', '1'],
    ...['-f', 'mp4', '/w/audio.mp4'],
  ]);
});

it('cuts a chunk into numbered segments', () => {
  const inputs = [{ path: '/w/480p.mp4', folder: '/w/480p' }];
  expect(packagerVideoArgs({ inputs, grid, chunk })).toEqual([
    'in=/w/480p.mp4,stream=video,init_segment=/w/480p/init.mp4,segment_template=/w/480p/segment_$Number%05d$.m4s',
    ...['--segment_duration', '5.989316667', '--start_segment_number', '3', '--use_fake_clock_for_muxer', '--quiet'],
  ]);
  expect(packagerAudioArgs({ input: { path: '/w/audio.mp4', folder: '/w/audio' }, grid })).toEqual([
    'in=/w/audio.mp4,stream=audio,init_segment=/w/audio/init.mp4,segment_template=/w/audio/segment_$Number%05d$.m4s',
    ...['--segment_duration', '6.006000000', '--start_segment_number', '1', '--use_fake_clock_for_muxer', '--quiet'],
  ]);
});

describe('packet scan', () => {
  const scan = ['-map', '0:2', '-c', 'copy', '-f', 'framecrc', '/w/packets.txt'];
  const head = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-benchmark', '-y', '-copyts', ...INPUT];

  it('reads the source once for packets and audio', () => {
    const input = { sourceUrl: URL, videoStreamIndex: 2, scanOutPath: '/w/packets.txt' };
    expect(packetScanArgs({ ...input, audioOutPath: null })).toEqual([...head, ...scan]);
    expect(packetScanArgs({ ...input, audioOutPath: '/w/audio.mka' })).toEqual([
      ...head,
      ...scan,
      ...['-map', '0:a', '-c', 'copy', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled'],
      ...['-output_ts_offset', '3600', '-f', 'matroska', '/w/audio.mka'],
    ]);
  });

  it('reads the packets of an edit list, of MPEG-TS and of AVI', () => {
    const text = [
      '#software: Lavf63.1.102',
      '#tb 0: 1/12288',
      '0,     -17408,     -16384,      512,      816, 0x4495053d, F=0x5',
      '0,     -16896,     -14336,      512,      484, 0x5b2febea, F=0x4',
      '0,      -1024,          0,      512,      816, 0x4495053d',
      '0,     137250,     141000,     3750,       29, 0x408b049b, F=0x0, S=1, MPEGTS Stream ID,        1, 0x00e000e0',
      '0,         75, -9223372036854775808,        1,       23, 0x291003a1, F=0x0',
      '',
    ].join('\n');
    expect(parsePacketScan(text)).toEqual({
      timebase: { num: 1, den: 12_288 },
      packets: [
        { pts: -16_384, dts: -17_408, durationTicks: 512, keyFrame: true, discard: true },
        { pts: -14_336, dts: -16_896, durationTicks: 512, keyFrame: false, discard: true },
        { pts: 0, dts: -1_024, durationTicks: 512, keyFrame: true, discard: false },
        { pts: 141_000, dts: 137_250, durationTicks: 3_750, keyFrame: false, discard: false },
        { pts: 75, dts: 75, durationTicks: 1, keyFrame: false, discard: false },
      ],
    });
  });

  it('refuses what is not a packet scan', () => {
    expect(() => parsePacketScan('')).toThrow(RangeError);
    expect(() => parsePacketScan('#tb 0: 1/25\nnonsense')).toThrow(RangeError);
  });
});
