import { aacTrack } from '../../testing/aac-track';
import { filmPlan } from '../../testing/film-plan';
import { audioArgs, measureArgs } from './audio-args';
import { correctedGain, gainFilters, gainFor, parseLoudness } from './loudness';

/** As ffmpeg 9.0.2 wrote it for the end of the film clip in stereo. */
const INTEGRATED =
  'frame:298  pts:1430400 pts_time:29.8\nlavfi.r128.I=-20.912\nframe:299  pts:1435200 pts_time:29.9\nlavfi.r128.I=-20.914\n';
const TRUE_PEAK = 'frame:299  pts:1435200 pts_time:29.9\nlavfi.r128.true_peak=0.800\n';

it('reads the last of the values', () => {
  const { integratedLufs, truePeakDbtp } = parseLoudness({ integrated: INTEGRATED, truePeak: TRUE_PEAK });
  expect([integratedLufs, Math.round(truePeakDbtp * 10) / 10]).toEqual([-20.914, -1.9]);
});

it.each([
  ['silence', 'lavfi.r128.I=-70.000\n'],
  ['a track without a measure', ''],
  ['what cannot be measured', 'lavfi.r128.I=nan\n'],
  ['minus infinity', 'lavfi.r128.I=-inf\n'],
])('%s gets no gain', (_, integrated) => {
  const loudness = parseLoudness({ integrated, truePeak: 'lavfi.r128.true_peak=0.000\n' });
  expect(loudness.integratedLufs).toBeNull();
  expect(gainFor(loudness, -16)).toBeNull();
});

it.each([
  ['is only made louder where there is room for its peaks', -20, -6, { gainDb: 4 }],
  ['is limited where there is none', -20, -1.9, { gainDb: 4, ceilingDbtp: -1.5 }],
  ['is made quieter', -8, 0.3, { gainDb: -8 }],
  ['is lifted from far below', -61, -43, { gainDb: 45, ceilingDbtp: -1.5 }],
])('sound %s', (_, integratedLufs, truePeakDbtp, gain) => {
  expect(gainFor({ integratedLufs, truePeakDbtp }, -16)).toEqual(gain);
});

it.each([
  ['right', { integratedLufs: -16.4, truePeakDbtp: -1.2 }, null],
  ['too quiet', { integratedLufs: -17.5, truePeakDbtp: -1.2 }, { gainDb: 5.5, ceilingDbtp: -1.5 }],
  ['over full scale', { integratedLufs: -16, truePeakDbtp: 0.5 }, { gainDb: 4, ceilingDbtp: -3.5 }],
  ['silent', { integratedLufs: null, truePeakDbtp: -90 }, null],
])('a rendition that came out %s', (_, heard, better) => {
  expect(correctedGain({ gainDb: 4, ceilingDbtp: -1.5 }, { heard, targetLufs: -16, corrections: 0 })).toEqual(better);
});

it.each([
  ['mended in its peaks alone', 2, { integratedLufs: -19, truePeakDbtp: 0.5 }, { gainDb: 2, ceilingDbtp: -3.5 }],
  ['left as quiet as its peaks make it', 2, { integratedLufs: -19, truePeakDbtp: -1.2 }, null],
  ['given up after five', 5, { integratedLufs: -16, truePeakDbtp: 0.5 }, null],
])('a rendition that was corrected before is %s', (_, corrections, heard, better) => {
  expect(correctedGain({ gainDb: 4, ceilingDbtp: -1.5 }, { heard, targetLufs: -16, corrections })).toEqual(better);
});

describe('a surround track in three renditions', () => {
  const { grid, source } = filmPlan({ videoId: 'film', seconds: 6, transcodeSlots: 1 });
  const input = { inputPath: '/w/audio.mka', plan: { grid, source } };
  const renditions = [
    aacTrack({ sampleRateHz: 44_100 }),
    aacTrack({ name: 'aac_320k', channels: 6, bitrateBps: 320_000, sampleRateHz: 44_100 }),
    aacTrack({ family: 'opus', name: 'opus_96k', bitrateBps: 96_000 }),
  ] as const;
  const graphs = (args: string[]) => args.filter((_, index) => args[index - 1] === '-filter_complex');

  it('is decoded once', () => {
    const outputs = renditions.map((audio) => ({ audio, path: `/w/${audio.name}.mp4`, gain: { gainDb: 4, ceilingDbtp: -1.5 } }));
    const args = audioArgs({ ...input, outputs });
    const [uniform = '', split = ''] = graphs(args);
    expect(uniform).toContain('aformat=sample_fmts=fltp:channel_layouts=5.1');
    const gain = gainFilters({ gainDb: 4, ceilingDbtp: -1.5 }, 44_100).join(',');
    const branches = split.split(';');
    expect(branches.slice(1)).toEqual([
      `[s0]aresample=out_chlayout=stereo,${gain},atrim=end_sample=264865[a0]`,
      `[s1]${gain},atrim=end_sample=264865[a1]`,
      `[s2]aresample=out_chlayout=stereo,${gain},aresample=48000,atrim=end_sample=288288[a2]`,
    ]);
    expect(branches[0]).toMatch(/first_pts=0,apad,aformat=channel_layouts=5\.1,asplit=3\[s0\]\[s1\]\[s2\]$/);
    const codecs = args.flatMap((one, index) => (one === '-c:a' ? args.slice(index + 1, index + 4) : []));
    expect(codecs.slice(3)).toEqual([...['aac', '-b:a', '128000'], ...['aac', '-b:a', '320000'], ...['libopus', '-b:a', '96000']]);
    expect(() => audioArgs({ ...input, outputs: [] })).toThrow(RangeError);
  });

  it('is measured once for each number of channels', () => {
    const measured = graphs(measureArgs({ ...input, renditions }))[1] ?? '';
    expect([...measured.matchAll(/file=([\w.-]+)/g)].map(([, file]) => file)).toEqual([
      ...['loudness_2.txt', 'true-peak_2.txt', 'loudness_6.txt', 'true-peak_6.txt'],
    ]);
  });
});
