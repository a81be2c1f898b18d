import type { Plan, VideoFacts } from '../../../temporal/contract/media/plan';
import { audioArgs } from './sound/audio-args';
import { H264 } from '../families/h264';
import { chunkArgs, type RungOutput, parseProgressFrame } from './chunk-args';
import { packagerAudioArgs, packagerVideoArgs } from './packager-args';
import { aacTrack } from '../testing/aac-track';
import { mezzanineArgs } from '../source/mezzanine';
import { packetScanArgs, parsePacketScan, shownPackets } from '../source/packet-scan';
import type { ProbedStream } from '../source/probed-container';

const URL = 'http://127.0.0.1:9/source';
const DEMUXERS =
  'mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,mxf,ogg,wtv,dv,gxf,nut,rm,gif,apng,ivf,obu,h264,hevc,m4v,h261,h263,vvc,avs2,dirac,dnxhd,yuv4mpegpipe,' +
  'mp3,wav,flac,aac,ac3,aiff,amr,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe';
const INPUT = ['-protocol_whitelist', 'http,tcp', '-format_whitelist', DEMUXERS, '-i', URL];
const FILE_INPUT = (path: string) => ['-protocol_whitelist', 'file', '-format_whitelist', DEMUXERS, '-i', path];
const RANGE = 'in_range=limited:out_range=limited';
const SCALER =
  `flags=bicubic+accurate_rnd+full_chroma_int+bitexact:in_color_matrix=bt709:out_color_matrix=bt709:${RANGE},` +
  'setsar=1,format=yuv420p,setparams=range=limited:colorspace=bt709:color_primaries=bt709:color_trc=bt709';
const NTSC = { num: 30000, den: 1001 };
const grid = { frameRate: NTSC, frameCount: 900, framesPerSegment: 180, segmentCount: 5 };
const chunk = { index: 1, startFrame: 360, endFrame: 900, seekUs: 11_995_317 };
const outputs: RungOutput[] = [
  {
    path: '/w/480p.mp4',
    rung: { name: '480p', width: 854, height: 480, crf: 22, maxrateBps: 1_400_000, bufsizeBits: 2_800_000, profile: 'main', level: '3.1' },
  },
  {
    path: '/w/240p.mp4',
    rung: { name: '240p', width: 426, height: 240, crf: 23, maxrateBps: 400_000, bufsizeBits: 800_000, profile: 'main', level: '2.1' },
  },
];

function planOf(facts: Partial<VideoFacts> = {}): Plan {
  const colour = { primaries: null, transfer: null, matrix: 'bt709', range: null };
  const shape = { width: 854, height: 480, pixelFormat: 'yuv420p', colour, interlacing: 'none' };
  const video = {
    ...shape,
    streamIndex: 2,
    timebase: { num: 1, den: 90_000 },
    firstPts: 126_000,
    frameRate: NTSC,
    cadence: 'constant',
    ...facts,
  };
  return { grid, source: { startTimeUs: 1_400_000, video, audio: [{ codec: 'aac' }, { codec: 'aac' }] } } as Plan;
}

const rungOutput = (pad: string, tail: string[]) => [
  ...['-map', pad, '-frames:v', '540', '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-threads', '1', ...tail.slice(0, 10)],
  ...['-flags', '+cgop', '-g', '180', '-keyint_min', '180', '-sc_threshold', '0'],
  ...['-fps_mode', 'passthrough', '-enc_time_base', '1001/30000', '-video_track_timescale', '30000', '-f', 'mp4', ...tail.slice(10)],
];
const global = ['-hide_banner', '-nostdin', '-nostats', '-v', 'warning', '-progress', 'pipe:1', '-y'];
const encoded = [
  ...rungOutput('[v0]', [
    '-profile:v',
    'main',
    '-level:v',
    '3.1',
    '-crf',
    '22',
    '-maxrate',
    '1400000',
    '-bufsize',
    '2800000',
    '/w/480p.mp4',
  ]),
  ...rungOutput('[v1]', ['-profile:v', 'main', '-level:v', '2.1', '-crf', '23', '-maxrate', '400000', '-bufsize', '800000', '/w/240p.mp4']),
];

describe('chunkArgs', () => {
  it('asks x264 for the same bytes on every CPU, unless the plan is older than that', () => {
    const args = (plan: Plan) =>
      chunkArgs({ sourceUrl: URL, plan, family: H264, familyPlan: {}, chunk, outputs, captures: null, proof: null });
    const asked = ['-x264-params', 'cpu-independent=1:stitchable=1'];
    const [older, present] = [args(planOf()), args({ ...planOf(), recipe: 2 })];
    const keyFrames = older.indexOf('-sc_threshold') + 2;
    expect(older).not.toContain('-x264-params');
    expect(present.slice(keyFrames, keyFrames + 2)).toEqual(asked);
    expect(present.filter((arg) => !asked.includes(arg))).toEqual(older);
  });

  // Frame 360 at 30000/1001 is 1,081,080 ticks of a 90 kHz clock after the first frame.
  const FRAMES =
    'fps=30000/1001:start_time=0:round=near:eof_action=pass,tpad=stop=-1:stop_mode=clone,settb=1001/30000,setpts=N,trim=end_frame=540';
  const SCALERS = `[s0]scale=854:480:${SCALER}[v0];[s1]scale=426:240:${SCALER}[v1]`;
  const graphOf = (args: string[]) => args[args.indexOf('-filter_complex') + 1];

  it('decodes once and gives every slot of the grid the frame of its time', () => {
    expect(
      chunkArgs({ sourceUrl: URL, plan: planOf(), family: H264, familyPlan: {}, chunk, outputs, captures: null, proof: null }),
    ).toEqual([
      ...global,
      ...['-filter_complex_threads', '2', '-copyts', '-noaccurate_seek', '-reinit_filter', '0', '-threads', '2'],
      ...['-ss', '11.995317', ...INPUT, '-filter_complex'],
      `[0:2]settb=1/90000,setpts=PTS-(1207080),${FRAMES},split=2[s0][s1];${SCALERS}`,
      ...encoded,
    ]);
  });

  it('counts in a tick that holds timestamps and slots whole', () => {
    const plan = planOf({ timebase: { num: 1, den: 1000 }, firstPts: 1400 });
    const args = chunkArgs({ sourceUrl: URL, plan, family: H264, familyPlan: {}, chunk, outputs, captures: null, proof: null });
    expect(graphOf(args)).toContain('[0:2]settb=1/30000,setpts=PTS-(402360),fps=');
  });

  it('deinterlaces by the marks of the pictures, or all of them when they have none', () => {
    const graph = (interlacing: VideoFacts['interlacing']) =>
      graphOf(
        chunkArgs({
          sourceUrl: URL,
          plan: planOf({ interlacing }),
          family: H264,
          familyPlan: {},
          chunk,
          outputs,
          captures: null,
          proof: null,
        }),
      );
    expect(graph('marked')).toContain('setpts=PTS-(1207080),bwdif=mode=send_frame:parity=auto:deint=interlaced,fps=');
    expect(graph('bottom-first')).toContain('setpts=PTS-(1207080),bwdif=mode=send_frame:parity=bff:deint=all,fps=');
  });

  it('fits pictures of another shape into the first one, fields apart, and takes captions out', () => {
    const firstPicture = { width: 720, height: 576, pixelAspect: { num: 16, den: 15 } };
    const graph = (facts: Partial<VideoFacts>) =>
      graphOf(
        chunkArgs({ sourceUrl: URL, plan: planOf(facts), family: H264, familyPlan: {}, chunk, outputs, captures: null, proof: null }),
      );
    expect(graph({ firstPicture, interlacing: 'marked' })).toContain(
      "setpts=PTS-(1207080),sidedata=mode=delete:type=A53_CC,scale=w='min(720,round(576*dar*15/16))':h='min(576,round(720*16/15/dar))':" +
        'eval=frame:interl=-1:flags=bicubic+accurate_rnd+full_chroma_int+bitexact,pad=720:576:(ow-iw)/2:(oh-ih)/2:eval=frame,' +
        'bwdif=mode=send_frame:parity=auto:deint=interlaced,fps=',
    );
    const pixelAspects = [
      { fromPts: 126_000, pixelAspect: firstPicture.pixelAspect },
      { fromPts: 127_080, pixelAspect: { num: 64, den: 45 } },
    ];
    // 12 s before the start of the chunk, and half a tick.
    const shown = '(iw/ih*if(lt(t,-12.000006),16/15,64/45))';
    expect(graph({ firstPicture, pixelAspects })).toContain(
      `scale=w='min(720,round(576*${shown}*15/16))':h='min(576,round(720*16/15/${shown}))':eval=frame`,
    );
    const unmarked = { primaries: null, transfer: null, matrix: null, range: null };
    expect(graph({ firstPicture, colour: unmarked })).toContain('setpts=PTS-(1207080),setparams=colorspace=unknown,sidedata=');
  });

  it('turns pictures after they are fitted and deinterlaced, in place of ffmpeg', () => {
    const firstPicture = { width: 720, height: 576, pixelAspect: { num: 16, den: 15 } };
    const plan = planOf({ firstPicture, turn: { quarters: 3, isMirrored: false }, interlacing: 'marked' });
    const args = chunkArgs({ sourceUrl: URL, plan, family: H264, familyPlan: {}, chunk, outputs, captures: null, proof: null });
    expect(args).toContain('-noautorotate');
    expect(graphOf(args)).toContain(
      'pad=720:576:(ow-iw)/2:(oh-ih)/2:eval=frame,bwdif=mode=send_frame:parity=auto:deint=interlaced,sidedata=mode=delete:type=DISPLAYMATRIX,transpose=cclock,fps=',
    );
  });

  it('brings HDR to SDR once, before the rungs part', () => {
    const colour = { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc', range: 'limited' } as const;
    const args = chunkArgs({
      sourceUrl: URL,
      plan: planOf({ colour }),
      family: H264,
      familyPlan: {},
      chunk,
      outputs,
      captures: null,
      proof: null,
    });
    expect(graphOf(args)).toContain(
      'trim=end_frame=540,setparams=range=limited:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084,' +
        'zscale=t=linear:npl=203,format=gbrpf32le,' +
        'zscale=p=709,tonemap=mobius:desat=0,zscale=t=709:m=709:r=limited,format=yuv420p,' +
        'sidedata=mode=delete:type=MASTERING_DISPLAY_METADATA,sidedata=mode=delete:type=CONTENT_LIGHT_LEVEL,split=2',
    );
  });

  it('captures chosen frames on the way', () => {
    const captures = { frames: [60, 210], firstNumber: 4, width: 854, height: 480, folder: '/w' };
    const args = chunkArgs({ sourceUrl: URL, plan: planOf(), family: H264, familyPlan: {}, chunk, outputs, captures, proof: null });
    expect(args[args.indexOf('-filter_complex') + 1]).toBe(
      `[0:2]settb=1/90000,setpts=PTS-(1207080),${FRAMES},split=3[s0][s1][s2];${SCALERS};` +
        "[s2]select='eq(n,60)+eq(n,210)',scale=854:480,setsar=1[captures]",
    );
    expect(args.slice(args.indexOf('[captures]') - 1)).toEqual([
      ...['-map', '[captures]', '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'],
      ...['-f', 'image2', '-start_number', '4', '/w/capture_%03d.jpg'],
    ]);
  });

  it('leaves what the lowest rung is proved against', () => {
    const proof = { signaturesPath: '/w/source.signatures', originsPath: '/w/source.origins' };
    const args = chunkArgs({ sourceUrl: URL, plan: planOf(), family: H264, familyPlan: {}, chunk, outputs, captures: null, proof });
    expect(args[args.indexOf('-filter_complex') + 1]).toBe(
      `[0:2]settb=1/90000,setpts=PTS-(1207080),${FRAMES},split=2[s0][s1];[s0]scale=854:480:${SCALER}[v0];` +
        `[s1]scale=426:240:${SCALER},split[v1][of_signatures];[of_signatures]scale=32:18:flags=area+accurate_rnd,format=gray[signatures]`,
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
    expect(
      chunkArgs({ sourceUrl: URL, plan: planOf(), family: H264, familyPlan: {}, chunk: first, outputs, captures: null, proof: null }),
    ).not.toContain('-ss');
  });
});

it.each([
  ['frame=1200', 1200],
  ['frame=  7', 7],
  ['fps=25.0', null],
  ['out_time_us=frame=1', null],
])('progress line %s', (line, frame) => {
  expect(parseProgressFrame(line)).toBe(frame);
});

it('aligns audio to the first video frame and to the length of the video', () => {
  const audio = aacTrack({ sourceTrack: 1 });
  expect(audioArgs({ inputPath: '/w/audio.mka', plan: planOf(), outputs: [{ audio, path: '/w/audio.mp4' }] })).toEqual([
    ...[...global, '-max_error_rate', '1', '-copyts', ...FILE_INPUT('/w/audio.mka'), '-filter_complex'],
    '[0:a:1]aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo[uniform]',
    ...['-map', '[uniform]', '-c:a', 'pcm_f32le', '-f', 'null', '-', '-dec', '0:0', '-filter_complex'],
    '[dec:0]asettb=1/1000000,asetpts=PTS-(3601400000),aresample=48000:async=1:min_hard_comp=0.01:first_pts=0,apad,' +
      'atrim=end_sample=1441440[a]',
    ...['-map', '[a]', '-map_metadata', '-1', '-map_chapters', '-1', '-c:a', 'aac', '-b:a', '128000', '-threads', '1'],
    ...['-f', 'mp4', '/w/audio.mp4'],
  ]);
});

it('makes silence of samples that are no numbers, where the codec can have them', () => {
  const audio = aacTrack({ sourceTrack: 0 });
  const plan = planOf();
  const floating = { ...plan, source: { ...plan.source, audio: [{ codec: 'pcm_f32le' }] } } as Plan;
  const args = audioArgs({ inputPath: '/w/audio.mka', plan: floating, outputs: [{ audio, path: '/w/audio.mp4' }] });
  expect(args).toContain(
    '[0:a:0]aeval=if(lt(abs(val(ch))\\,1e6)\\,val(ch)\\,0):c=same,aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo[uniform]',
  );
});

it('cuts a chunk into numbered segments', () => {
  const inputs = [{ path: '/w/480p.mp4', folder: '/w/480p' }];
  expect(packagerVideoArgs({ family: H264, inputs, grid, chunk })).toEqual([
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
  const start = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', '-max_error_rate', '1'];
  const head = [...start, '-copyts', ...INPUT];

  const stream = (index: number, codecType: string, codecName: string): ProbedStream => ({
    index,
    codec_type: codecType,
    codec_name: codecName,
    time_base: '1/90000',
    channels: 2,
    sample_rate: '48000',
    disposition: {},
    tags: {},
    side_data_list: [],
  });
  const video = stream(2, 'video', 'h264');
  const container = (name: string, streams: ProbedStream[]) => ({ format: { format_name: name, tags: {} }, streams });

  it('reads the source once for packets, audio and text subtitles', () => {
    const input = { sourceUrl: URL, stream: video, folder: '/w' };
    expect(packetScanArgs({ ...input, probe: container('mov,mp4', [video]) })).toEqual([...head, ...scan]);
    const others = [
      stream(3, 'audio', 'aac'),
      stream(4, 'audio', 'nellymoser'),
      stream(5, 'subtitle', 'mov_text'),
      stream(6, 'subtitle', 'dvd_subtitle'),
    ];
    const onOneClock = ['-map_chapters', '-1', '-avoid_negative_ts', 'disabled', '-output_ts_offset', '3600', '-f', 'matroska'];
    const levels = (index: number, track: number) => [
      '-filter_complex',
      `[0:${index}]aresample=8000,aformat=sample_fmts=fltp:channel_layouts=stereo,aeval=(abs(val(0))+abs(val(1)))/2:c=mono,` +
        `aresample=1000,aformat=sample_fmts=s16,asplit=2[samples${track}][frames${track}]`,
      ...['-map', `[samples${track}]`, '-c:a', 'pcm_s16le', '-f', 's16le', `/w/levels_${track}.raw`],
      ...['-map', `[frames${track}]`, '-c:a', 'pcm_s16le', '-f', 'framecrc', `/w/levels_${track}.txt`],
    ];
    const filled = ['atrim=end=97200,aresample=async=1:min_hard_comp=0.01', '-c:a:1', 'flac'];
    expect(packetScanArgs({ ...input, probe: container('matroska,webm', [video, ...others]) })).toEqual([
      ...head,
      ...scan,
      ...['-map', '0:3', '-c:a:0', 'copy', '-map', '0:4', '-filter:a:1', ...filled, ...onOneClock, '/w/audio.mka'],
      ...levels(3, 0),
      ...levels(4, 1),
      ...['-map', '0:5', '-c:s:0', 'srt', ...onOneClock, '/w/subtitles.mks'],
    ]);
  });

  it('copies a source without an index, and puts pictures without times in order', () => {
    const mezzanine = (name: string) =>
      mezzanineArgs({
        sourceUrl: URL,
        probe: container(name, [video]),
        stream: { ...video, avg_frame_rate: '30000/1001' },
        outPath: '/w/m.mkv',
      });
    const copied = [...start, '-v', 'warning', '-fflags', '+genpts', '-noautorotate', ...INPUT, '-map', '0:2'];
    const end = ['-map_chapters', '-1', '-max_interleave_delta', '0', '-f', 'matroska', '/w/m.mkv'];
    expect(mezzanine('mpegts')).toEqual([...copied, '-c:v', 'copy', ...end]);
    const lossless = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0'];
    expect(mezzanine('h264')).toEqual([...copied, '-vf', 'settb=1001/30000,setpts=N', '-fps_mode', 'passthrough', ...lossless, ...end]);
  });

  it('shows nothing that lies before the first key frame', () => {
    const packet = (pts: number, keyFrame: boolean, discard = false) => ({ pts, dts: pts, durationTicks: 1, keyFrame, discard });
    const shown = (packets: ReturnType<typeof packet>[]) => shownPackets({ timebase: { num: 1, den: 25 }, packets }).map(({ pts }) => pts);
    expect(shown([packet(1, false), packet(5, true), packet(3, false), packet(7, false), packet(6, false)])).toEqual([5, 6, 7]);
    expect(shown([packet(-4, true, true), packet(0, false), packet(1, false)])).toEqual([0, 1]);
    expect(shown([packet(0, false)])).toEqual([]);
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
