import { HARDWARE_FAMILIES, HARDWARE_KINDS, type HardwareFamily, type HardwareKind } from '../../../../temporal/contract/media/hardware';
import type { ChunkPlan, VideoRung } from '../../../../temporal/contract/media/plan';
import { chunkArgs } from '../../encode/chunk-args';
import { filmPlan } from '../../testing/film-plan';
import { familyOf } from '../family';
import { onHardware } from './hardware';

const plan = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1, families: HARDWARE_FAMILIES.map(familyOf) });

const how = { ...plan.grid, recipe: 3, speed: 'of the CPU' } as const;

function rungOf(family: HardwareFamily, name: string): VideoRung {
  const rung = plan.families.find((one) => one.family === family)?.rungs.find((one) => one.name === name);
  if (!rung) throw new Error(`no ${name}`);
  return rung;
}

/** Of the 720p rung: two outputs would say everything twice. */
function encoderArgs(family: HardwareFamily, kind: HardwareKind): string {
  return onHardware(familyOf(family), kind).encoderArgs(rungOf(family, '720p'), how).join(' ');
}

describe('the arguments of a rung', () => {
  const nvenc = '-g 144 -strict_gop 1 -forced-idr 1 -rc-lookahead 20 -no-scenecut 1 -b_adapt 0 -bf 3 -b_ref_mode middle -spatial-aq 1';
  const qsv = '-flags +cgop -g 144 -forced_idr 1 -bf 3 -b_strategy 0 -adaptive_i 0 -adaptive_b 0';
  const vaapi = '-flags +cgop -g 144 -idr_interval 0 -bf 2 -b_depth 1';

  it.each<[HardwareFamily, HardwareKind, string]>([
    [
      'h264',
      'nvenc',
      `-c:v h264_nvenc -preset p5 -tune hq -profile:v high -level:v 3.1 -rc vbr -cq 22 -b:v 0 -maxrate 2800000 -multipass qres ${nvenc}`,
    ],
    [
      'hevc',
      'nvenc',
      '-c:v hevc_nvenc -preset p5 -tune hq -profile:v main -tier main -tag:v hvc1 -level:v 3.1 ' +
        `-rc vbr -cq 24 -b:v 0 -maxrate 1680000 -multipass qres ${nvenc}`,
    ],
    [
      'av1',
      'nvenc',
      `-c:v av1_nvenc -preset p5 -tune hq -tier 0 -level:v 3.1 -rc vbr -cq 37 -b:v 0 -maxrate 1400000 -multipass qres ${nvenc}`,
    ],
    [
      'h264',
      'qsv',
      '-c:v h264_qsv -preset medium -profile:v high -level:v 31 -global_quality 22 ' +
        `-b:v 2520000 -maxrate 2800000 -bufsize 5600000 ${qsv} -idr_interval 0 -look_ahead 0`,
    ],
    [
      'hevc',
      'qsv',
      '-c:v hevc_qsv -preset medium -profile:v main -level:v 31 -global_quality 24 ' +
        `-b:v 1512000 -maxrate 1680000 -bufsize 3360000 ${qsv} -idr_interval 0 -tier main -tag:v hvc1`,
    ],
    [
      'av1',
      'qsv',
      '-c:v av1_qsv -preset medium -profile:v main -level:v 31 -global_quality 30 ' +
        `-b:v 1260000 -maxrate 1400000 -bufsize 2800000 ${qsv}`,
    ],
    [
      'h264',
      'vaapi',
      '-c:v h264_vaapi -profile:v high -level:v 3.1 -rc_mode QVBR -global_quality 22 ' +
        `-b:v 2520000 -maxrate 2800000 -bufsize 5600000 ${vaapi}`,
    ],
    [
      'hevc',
      'vaapi',
      '-c:v hevc_vaapi -profile:v main -level:v 3.1 -tier main -tag:v hvc1 -rc_mode QVBR -global_quality 24 ' +
        `-b:v 1512000 -maxrate 1680000 -bufsize 3360000 ${vaapi}`,
    ],
    [
      'av1',
      'vaapi',
      '-c:v av1_vaapi -profile:v main -level:v 3.1 -tier main -rc_mode QVBR -global_quality 30 ' +
        `-b:v 1260000 -maxrate 1400000 -bufsize 2800000 ${vaapi}`,
    ],
  ])('%s on %s', (family, kind, expected) => {
    expect(encoderArgs(family, kind)).toBe(expected);
  });
});

it.each([
  ['nvenc', ',split[v0][of_signatures];[of_signatures]scale=32:18:flags=area+accurate_rnd,format=gray[signatures]'],
  ['qsv', ',split[p0][of_signatures];[of_signatures]scale=32:18:flags=area+accurate_rnd,format=gray[signatures];[p0]format=nv12[v0]'],
  [
    'vaapi',
    ',split[p0][of_signatures];[of_signatures]scale=32:18:flags=area+accurate_rnd,format=gray[signatures];[p0]format=nv12,hwupload[v0]',
  ],
] as const)('a chunk on %s opens its device and hands its encoder the frames that it takes', (kind, end) => {
  const outputs = [{ rung: rungOf('hevc', '720p'), path: '/w/720p.mp4' }];
  const input = { sourceUrl: 'http://127.0.0.1:9/source', plan, chunk: plan.chunks[0] as ChunkPlan, outputs, captures: null };
  const proof = { signaturesPath: '/w/s', originsPath: '/w/o' };
  const args = chunkArgs({ ...input, family: onHardware(familyOf('hevc'), kind), familyPlan: {}, proof });
  const graph = args[args.indexOf('-filter_complex') + 1] ?? '';
  expect(graph.slice(graph.indexOf(',split[', graph.indexOf(';')))).toBe(end);
  expect(args.indexOf('-init_hw_device')).toBe(kind === 'vaapi' ? args.indexOf('-filter_complex_threads') + 2 : -1);
});

it.each(HARDWARE_FAMILIES.flatMap((family) => HARDWARE_KINDS.map((kind) => [family, kind] as const)))(
  'the test encode of %s on %s asks for what real work asks for, in 256x256',
  (family, kind) => {
    const made = onHardware(familyOf(family), kind);
    const options = (args: readonly string[]) =>
      args.filter((arg) => /^-[a-z]/.test(arg) && !/^-(vf|init_hw_device|filter_hw_device)$/.test(arg));
    expect(options(made.testEncodeArgs)).toEqual(options(made.encoderArgs(rungOf(family, '720p'), how)));
    expect(made.testEncodeArgs.join(' ')).toContain('scale=256:256');
    expect(made.encoderNameIn.exec(`  Stream #0:0 -> #0:0 (rawvideo (native) -> ${family} (${family}_${kind}))`)?.[0]).toBe(
      `${family}_${kind}`,
    );
  },
);

it('a family without hardware encoders has none', () => {
  expect(() => onHardware(familyOf('vp9'), 'nvenc')).toThrow(expect.objectContaining({ type: 'EncoderMissing' }));
});
