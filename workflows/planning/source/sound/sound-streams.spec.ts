import type { ProbedContainer, ProbedStream } from '../probed-container';
import { isCopied } from './sound-copy';
import { damagedSound } from './sound-damage';
import { asDecoded, soundOfCopy, soundOfProgramme, withSound } from './sound-streams';
import { foldFilter, parseTrialDecode } from './trial-decode';

function stream(index: number, codecType: string, more: Partial<ProbedStream> = {}): ProbedStream {
  return { index, codec_type: codecType, time_base: '1/1000', disposition: {}, tags: {}, side_data_list: [], ...more };
}

function container(name: string, streams: ProbedStream[], programs?: number[][]): ProbedContainer {
  const described = programs?.map((indexes) => ({ streams: indexes.map((index) => ({ index })) }));
  return { format: { format_name: name, tags: {} }, streams, ...(described ? { programs: described } : {}) };
}

const indexes = (streams: readonly ProbedStream[]) => streams.map(({ index }) => index);

describe('soundOfProgramme', () => {
  const streams = [stream(0, 'audio'), stream(1, 'video'), stream(2, 'audio'), stream(3, 'subtitle'), stream(4, 'audio')];

  it.each<[string, number[][] | undefined, number[]]>([
    ['all audio where there is no programme', undefined, [0, 2, 4]],
    ['that of the picture, and what belongs to none', [[0], [1, 2]], [2, 4]],
    [
      'what two programmes share',
      [
        [0, 2],
        [1, 2, 4],
      ],
      [2, 4],
    ],
    ['all where the picture belongs to none', [[0], [2]], [0, 2, 4]],
    ['none where only radio has sound', [[0, 2, 4], [1]], []],
  ])('is %s', (_, programs, expected) => {
    expect(indexes(soundOfProgramme(container('mpegts', streams, programs), { index: 1 }))).toEqual(expected);
  });
});

it('withSound keeps the chosen audio streams, as their decoder describes them, and everything else', () => {
  const probe = container('mov,mp4', [stream(0, 'video'), stream(1, 'audio'), stream(2, 'audio'), stream(3, 'data')]);
  const sound = asDecoded(stream(2, 'audio', { channels: 6 }), { sampleRateHz: 44_100, layout: 'stereo', channels: 2 }, null);
  const kept = withSound(probe, [sound]).streams;
  expect(indexes(kept)).toEqual([0, 2, 3]);
  expect(kept[1]).toMatchObject({ sample_rate: '44100', channels: 2, channel_layout: 'stereo' });
});

it('asDecoded describes a track that has to be folded as what it is folded to', () => {
  const fold = foldFilter('ambisonic 1');
  const sound = asDecoded(stream(1, 'audio'), { sampleRateHz: 48_000, layout: 'ambisonic 1', channels: 4 }, fold);
  expect(sound).toMatchObject({ channels: 2, channel_layout: 'stereo', fold });
});

it('soundOfCopy takes flags and names from the source, and the rest from the copy', () => {
  const original = stream(5, 'audio', { disposition: { default: 1 }, tags: { language: 'deu' }, codec_name: 'aac' });
  const copy = container('matroska,webm', [stream(0, 'video'), stream(1, 'audio', { codec_name: 'flac' }), stream(2, 'audio')]);
  expect(soundOfCopy(copy, [original])).toEqual([{ ...original, index: 1, codec_name: 'flac' }]);
});

it.each<[string, Partial<ProbedStream>, boolean]>([
  ['matroska,webm', { codec_name: 'aac' }, true],
  ['matroska,webm', { codec_name: 'nellymoser' }, false],
  ['matroska,webm', { codec_name: 'opus', fold: 'pan' }, false],
  ['mov,mp4,m4a,3gp,3g2,mj2', { codec_name: 'ac3' }, false],
  ['mpegts', { codec_name: 'aac' }, false],
  ['mpegts', { codec_name: 'ac3' }, true],
])('in %s, %o is copied: %s', (name, codec, copied) => {
  expect(isCopied(container(name, []), stream(1, 'audio', codec))).toBe(copied);
});

describe('parseTrialDecode', () => {
  const header = ['#software: Lavf', '#tb 0: 1/44100', '#sample_rate 0: 44100', '#channel_layout_name 0: 5.1(side)'];

  it('reads rate, layout and channels of the first frame', () => {
    expect(parseTrialDecode([...header, '0,  -1024,  -1024,     1024,    12288, 0xe47c08a6'].join('\n'))).toEqual({
      sampleRateHz: 44_100,
      layout: '5.1(side)',
      channels: 6,
    });
  });

  it('is null for a track without a frame', () => {
    expect(parseTrialDecode(header.join('\n'))).toBeNull();
    expect(parseTrialDecode('')).toBeNull();
  });
});

describe('damagedSound', () => {
  const sounds = [
    { index: 1, codec_name: 'aac' },
    { index: 3, codec_name: 'mp3' },
    { index: 4, codec_name: 'mp3' },
  ];

  it.each<[string, number | null]>([
    ['[aist#0:3/mp3 @ 0x55d3] [dec:mp3float @ 0x55d4] Error submitting packet to decoder: Invalid data found', 1],
    ['[aist#0:9/mp3 @ 0x55d3] [dec:mp3float @ 0x55d4] Error submitting packet to decoder: Invalid data found', null],
    ['[aac @ 0x55d3] channel element 2.12 is not allocated', 0],
    ['[mp3float @ 0x55d3] Header missing', null],
    ['[vist#0:0/h264 @ 0x55d3] [dec:h264 @ 0x55d4] Error submitting packet to decoder: Invalid data found', null],
    ['[matroska @ 0x55d3] Error while muxing', null],
    ['[aac @ 0x55d3] Could not update timestamps for skipped samples.', null],
  ])('%s', (line, track) => {
    expect(damagedSound(line, sounds)).toBe(track);
  });
});
