import type { ProbedContainer, ProbedStream } from './probed-container';
import { headerBeyondLimits, pictureBeyondLimits } from './source-limits';
import { isTrackEncrypted, mentionsEncryption, needsPacketCounts, otherFilms, unshowable, videoCandidates } from './video-streams';

const stream = (index: number, differences: Partial<ProbedStream> = {}): ProbedStream => ({
  ...{ index, codec_type: 'video', codec_name: 'h264', width: 320, height: 180, time_base: '1/25' },
  ...{ disposition: {}, tags: {}, side_data_list: [] },
  ...differences,
});
const container = (streams: ProbedStream[], format_name = 'mov,mp4'): ProbedContainer => ({ format: { format_name, tags: {} }, streams });

describe('videoCandidates', () => {
  const order = (streams: ProbedStream[], counts: Record<number, number> = {}) => {
    const candidates = videoCandidates(container(streams), new Map(Object.entries(counts).map(([index, count]) => [Number(index), count])));
    return 'refused' in candidates ? candidates.message : candidates.map(({ index }) => index);
  };
  const byDefault = { disposition: { default: 1 } };

  it.each([
    ['the only one', [stream(0)], {}, [0]],
    ['the default one', [stream(0), stream(1, byDefault)], {}, [1, 0]],
    ['a film before a track of one picture, whatever the flags', [stream(0, byDefault), stream(1)], { 0: 1, 1: 100 }, [1, 0]],
    ['a track of one picture when there is nothing else', [stream(0, { nb_frames: '1' })], {}, [0]],
    ['the longer of two', [stream(0, { duration: '1.0' }), stream(1, { duration: '60.0' })], {}, [1, 0]],
    [
      'the longer of two in Matroska',
      [stream(0, { tags: { DURATION: '00:00:09.0' } }), stream(1, { tags: { DURATION: '00:01:00.0' } })],
      {},
      [1, 0],
    ],
    ['the first of two that are nearly as long', [stream(0, { duration: '59.0' }), stream(1, { duration: '60.0' })], {}, [0, 1]],
    ['the one with more packets where nothing else is known', [stream(0), stream(1)], { 0: 50, 1: 500 }, [1, 0]],
    ['none that accompanies another', [stream(0, { disposition: { attached_pic: 1, default: 1 } }), stream(1)], {}, [1]],
    ['no sound', [stream(0, { codec_type: 'audio' })], {}, 'The file has no video track.'],
  ] as const)('chooses %s', (_, streams, counts, expected) => {
    expect(order([...streams], counts)).toEqual(expected);
  });

  it('refuses stills, and counts packets only when there is a choice', () => {
    expect(videoCandidates(container([stream(0)], 'png_pipe'))).toMatchObject({ refused: 'SourceUnsupported' });
    expect(needsPacketCounts(container([stream(0), stream(1, { disposition: { attached_pic: 1 } })]))).toBe(false);
    expect(needsPacketCounts(container([stream(0), stream(1)]))).toBe(true);
  });
});

it('tells of other films, not of pictures beside one', () => {
  const [film, other, picture] = [stream(0), stream(1), stream(2)];
  const counts = new Map([
    [0, 50],
    [1, 60],
    [2, 1],
  ]);
  expect(otherFilms([film, other, picture], film, counts)).toEqual([expect.objectContaining({ code: 'TrackLeftOut', track: 1 })]);
});

describe('unshowable', () => {
  const dolby = (dv_profile: number, dv_bl_signal_compatibility_id: number) =>
    stream(0, { side_data_list: [{ side_data_type: 'DOVI configuration record', dv_profile, dv_bl_signal_compatibility_id }] });

  it.each([
    [5, 0, 'SourceUnsupported'],
    [10, 0, 'SourceUnsupported'],
    [8, 1, undefined],
    [8, 4, undefined],
    [7, 6, undefined],
    [9, 0, undefined],
  ])('Dolby Vision profile %i with compatibility %i', (profile, compatibility, refused) => {
    expect(unshowable(dolby(profile, compatibility))?.refused).toBe(refused);
  });

  it('refuses sample entries that say encrypted', () => {
    expect(unshowable(stream(0, { codec_tag_string: 'drmi' }))?.refused).toBe('SourceEncrypted');
    expect(unshowable(stream(0, { codec_tag_string: 'avc1' }))).toBeNull();
  });
});

it('asks the packets where the header speaks of encryption, but believes Matroska', () => {
  const protectedTrack = stream(0, { side_data_list: [{ side_data_type: 'Encryption initialization data' }] });
  expect(mentionsEncryption(container([stream(1), protectedTrack]))).toBe(true);
  expect(mentionsEncryption(container([stream(0)]))).toBe(false);
  const keyed = stream(0, { tags: { enc_key_id: 'p+YcNz4hkDPCEJH6YHvzuA==' } });
  expect(isTrackEncrypted(container([keyed], 'matroska,webm'), keyed)).toBe(true);
  expect(isTrackEncrypted(container([protectedTrack]), protectedTrack)).toBe(false);
});

it('holds against the limits only what is used', () => {
  const limits = { durationSeconds: 10, width: 100, height: 100, framesPerSecond: 60, streams: 2, sizeBytes: 10 };
  const film = stream(0, { width: 100, height: 100 });
  const cover = stream(1, { width: 9000, disposition: { attached_pic: 1 } });
  const fonts = Array.from({ length: 70 }, (_, index) => stream(index + 2, { codec_type: 'attachment' }));
  const beyond = (streams: ProbedStream[]) => headerBeyondLimits({ probe: container(streams), stream: film }, 5, limits);
  expect(beyond([film, cover, ...fonts])).toBeNull();
  expect(beyond([film, stream(1, { codec_type: 'audio' }), stream(2, { codec_type: 'subtitle' })])?.message).toContain('number of streams');
  expect(headerBeyondLimits({ probe: container([film]), stream: { ...film, width: 101 } }, 5, limits)?.message).toContain('width');
  expect(pictureBeyondLimits({ width: 100, height: 200 }, limits)?.message).toContain('height');
  expect(pictureBeyondLimits({ width: 1, height: 1 }, limits)).toMatchObject({ refused: 'SourceUnsupported' });
  expect(pictureBeyondLimits({ width: 1, height: 2 }, limits)).toBeNull();
});
