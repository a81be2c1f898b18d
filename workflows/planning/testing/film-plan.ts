import type { Plan, SourceFacts } from '../../../temporal/contract/media/plan';
import { DEFAULT_FAMILIES, type Family } from '../families/family';
import { planVideo } from '../plan/plan-video';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';

const FRAME_RATE = { num: 24_000, den: 1_001 } as const;
const FRAMES_PER_GOP = 48;

/** The plan that a 1080p film of `seconds` gets on a fleet with `transcodeSlots` slots. */
export function filmPlan(film: { videoId: string; seconds: number; transcodeSlots: number; families?: readonly Family[] }): Plan {
  const { videoId, seconds, transcodeSlots, families = DEFAULT_FAMILIES } = film;
  const frameCount = Math.round((seconds * FRAME_RATE.num) / FRAME_RATE.den);
  const pts = Array.from({ length: frameCount }, (_, frame) => frame * FRAME_RATE.den);
  const frameTimes = { pts, keyFramePts: pts.filter((_, frame) => frame % FRAMES_PER_GOP === 0) };
  return planVideo({
    walk: USUAL_WALK,
    videoId,
    generation: 1,
    originalKey: `${videoId}/original.mp4`,
    source: filmFacts(seconds, frameCount),
    frameTimes,
    transcodeSlots,
    families,
  });
}

function filmFacts(seconds: number, frameCount: number): SourceFacts {
  return {
    container: 'mov,mp4,m4a,3gp,3g2,mj2',
    sizeBytes: seconds * 1_000_000,
    durationMs: seconds * 1_000,
    bitrateBps: 8_000_000,
    startTimeUs: 0,
    video: {
      streamIndex: 0,
      codec: 'h264',
      width: 1920,
      height: 1080,
      rotationDegrees: 0,
      pixelAspect: { num: 1, den: 1 },
      pixelFormat: 'yuv420p',
      bitDepth: 8,
      colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'limited' },
      interlacing: 'none',
      timebase: { num: 1, den: FRAME_RATE.num },
      frameCount,
      firstPts: 0,
      frameRate: FRAME_RATE,
      cadence: 'constant',
      keyFrameCount: Math.ceil(frameCount / FRAMES_PER_GOP),
      gapCount: 0,
      duplicateCount: 0,
    },
    audio: [{ streamIndex: 1, codec: 'aac', channels: 2, layout: 'stereo', sampleRateHz: 48_000, language: 'eng', startUs: 0 }],
    subtitles: [],
    mezzanine: false,
  };
}
