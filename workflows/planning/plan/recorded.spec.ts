import type { Plan } from '../../../temporal/contract/media/plan';
import { planOf, recordedPlanOf, type RecordedPlan } from './recorded-plan';
import {
  audioReportOf,
  chunkReportOf,
  recordedAudioReport,
  recordedChunkReport,
  type RecordedAudioReport,
  type RecordedChunkReport,
} from './recorded-reports';

// What the code before rendition references recorded, byte for byte but for the lists left shorter.
const OLD_PLAN =
  '{"formatVersion":1,"videoId":"01M7ZF4PXBDQ3QAZSNXTCAQ0H3","generation":1,"originalKey":"01M7ZF4PXBDQ3QAZSNXTCAQ0H3/original.mp4",' +
  '"source":{"container":"mov,mp4,m4a,3gp,3g2,mj2","sizeBytes":1000000,"durationMs":10000,"bitrateBps":800000,"startTimeUs":0,' +
  '"video":{"streamIndex":0,"codec":"h264","width":426,"height":240,"rotationDegrees":0,"pixelAspect":{"num":1,"den":1},' +
  '"pixelFormat":"yuv420p","bitDepth":8,"colour":{"primaries":null,"transfer":null,"matrix":null,"range":null},"interlacing":"none",' +
  '"timebase":{"num":1,"den":12800},"frameCount":250,"firstPts":0,"frameRate":{"num":25,"den":1},"cadence":"constant",' +
  '"keyFrameCount":5,"gapCount":0,"duplicateCount":0},"audio":[],"subtitles":[],"mezzanine":false},' +
  '"grid":{"frameRate":{"num":25,"den":1},"frameCount":250,"framesPerSegment":150,"segmentCount":2},' +
  '"chunks":[{"index":0,"startFrame":0,"endFrame":250,"seekUs":0}],"transcodeSlots":2,' +
  '"families":[{"family":"h264","rungs":[{"name":"240p","width":426,"height":240,"crf":22,"maxrateBps":400000,"bufsizeBits":800000,' +
  '"profile":"main","level":"2.1"}]}],"audio":AUDIO,' +
  '"thumbnails":{"captureFrames":[62],"intervalMs":5000,"width":320,"height":180,"posterWidth":426,"posterHeight":240,"columns":1,"rows":1}}';
const OLD_TRACK = '{"name":"aac_64k","bitrateBps":64000,"channels":2,"sampleRateHz":48000,"language":"en","sourceTrack":0}';

const OLD_CHUNK =
  '{"formatVersion":1,"planSha256":"p","family":"h264","chunkIndex":0,"startFrame":0,"endFrame":150,"renditions":[' +
  '{"folder":"h264/240p","timescale":25,"codec":"avc1.4d4015","initName":"init.mp4","initSizeBytes":861,"initSha256":"i","segments":[' +
  '{"name":"segment_00001.m4s","sizeBytes":9000,"sampleCount":150,"durationTicks":150,"startTicks":0,"reorderTicks":2,"stepTicks":1,' +
  '"keyFrame":{"offset":68,"sizeBytes":3000}}]}]}';
const OLD_AUDIO =
  '{"formatVersion":1,"planSha256":"p","rendition":{"folder":"audio/aac_64k","timescale":48000,"codec":"mp4a.40.2",' +
  '"initName":"init.mp4","initSizeBytes":700,"initSha256":"a","segments":[]}}';

const oldPlan = (audio: string) => JSON.parse(OLD_PLAN.replace('AUDIO', audio)) as RecordedPlan;

describe('a plan of older code', () => {
  it('has its one track in the list', () => {
    const { audio, ...others } = planOf(oldPlan(OLD_TRACK));
    const track = { name: 'aac_64k', bitrateBps: 64_000, channels: 2, sampleRateHz: 48_000, language: 'en', sourceTrack: 0 };
    expect(audio).toEqual([{ family: 'aac', role: 'main', ...track }]);
    expect({ ...others, audio: JSON.parse(OLD_TRACK) as unknown }).toEqual(oldPlan(OLD_TRACK));
  });

  it('has an empty list for a silent title', () => {
    expect(planOf(oldPlan('null')).audio).toEqual([]);
  });
});

describe('a plan of this code', () => {
  const plan: Plan = planOf(oldPlan(OLD_TRACK));
  const tracks = [plan.audio[0], { ...plan.audio[0], name: 'aac_128k' }] as Plan['audio'];

  it('comes back as it was, however many tracks it has', () => {
    for (const audio of [[], plan.audio, tracks]) expect(planOf(recordedPlanOf({ ...plan, audio }))).toEqual({ ...plan, audio });
  });

  it('is one of the first release to a worker of that release', () => {
    expect(recordedPlanOf({ ...plan, audio: tracks })).toMatchObject(oldPlan(OLD_TRACK));
    expect(recordedPlanOf({ ...plan, audio: [] })).toMatchObject(oldPlan('null'));
  });
});

describe('a report of older code', () => {
  const oldChunk = JSON.parse(OLD_CHUNK) as RecordedChunkReport;
  const oldAudio = JSON.parse(OLD_AUDIO) as RecordedAudioReport;

  it('names the rung of its folder', () => {
    const [rendition] = chunkReportOf(oldChunk).renditions;
    const { folder, ...others } = JSON.parse(OLD_CHUNK.slice(OLD_CHUNK.indexOf('[') + 1, -2)) as { folder: string };
    expect(folder).toBe('h264/240p');
    expect(rendition).toEqual({ ref: { kind: 'video', family: 'h264', name: '240p', language: null, role: 'main' }, ...others });
    expect(chunkReportOf(oldChunk)).toMatchObject({ planSha256: 'p', family: 'h264', chunkIndex: 0, startFrame: 0, endFrame: 150 });
  });

  it('names the track of its folder', () => {
    expect(audioReportOf(oldAudio)).toEqual({
      ...{ formatVersion: 1, planSha256: 'p' },
      renditions: [
        {
          ref: { kind: 'audio', family: 'aac', name: 'aac_64k', language: null, role: 'main' },
          ...{ timescale: 48_000, codec: 'mp4a.40.2', initName: 'init.mp4', initSizeBytes: 700, initSha256: 'a', segments: [] },
        },
      ],
    });
  });

  it('comes back as it was once this code has stored it', () => {
    expect(chunkReportOf(recordedChunkReport(chunkReportOf(oldChunk)))).toEqual(chunkReportOf(oldChunk));
    expect(audioReportOf(recordedAudioReport(audioReportOf(oldAudio)))).toEqual(audioReportOf(oldAudio));
  });

  it('is one of the first release to a worker of that release', () => {
    expect(recordedChunkReport(chunkReportOf(oldChunk))).toMatchObject(oldChunk);
    expect(recordedAudioReport(audioReportOf(oldAudio))).toMatchObject(oldAudio);
  });
});

it('a plan and a report of several tracks come back as they were, the first track for older workers beside them', () => {
  const track = { family: 'aac', role: 'main', ...(JSON.parse(OLD_TRACK) as Omit<Plan['audio'][number], 'family' | 'role'>) } as const;
  const audio = [
    { ...track, loudnessLufs: -16 },
    { ...track, family: 'opus', name: 'opus_48k_de', role: 'commentary', language: 'de', sourceTrack: 2 },
  ] as const;
  const plan: Plan = { ...planOf(oldPlan('null')), recipe: 6, audio: [...audio] };
  const recorded = JSON.parse(JSON.stringify(recordedPlanOf(plan))) as RecordedPlan;
  expect(planOf(recorded)).toEqual(plan);
  expect(recorded.audio).toMatchObject({ name: 'aac_64k' });
  const report = { ...audioReportOf(JSON.parse(OLD_AUDIO) as RecordedAudioReport), leftOut: [1] };
  expect(audioReportOf(recordedAudioReport(report))).toMatchObject({ leftOut: [1], renditions: [{ ref: { name: 'aac_64k' } }] });
});
