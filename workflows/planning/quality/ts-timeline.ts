import type { Fraction } from '../../../temporal/contract/media/plan';
import { SAMPLES_PER_FRAME } from '../mpegts/elementary';
import { TS_START_SECONDS } from '../mpegts/mux-args';
import { CLOCK_HZ, COUNTER_CYCLE, MalformedTsError } from '../mpegts/packets';
import { readTsSegment, type TimedUnit, type TsSegmentFacts } from '../mpegts/read-segment';
import type { ConformanceProblem } from './conformance';

/** What all segments of a rung have to hold. */
export interface TsExpectation {
  frameRate: Fraction;
  /** Of each segment, in order. */
  frameCounts: readonly number[];
  /** Null for a silent title. */
  sound: { sampleRateHz: number; frameCount: number } | null;
}

/** Times are rounded to ticks of 90 kHz. */
const ROUNDING_TICKS = 1;
/** ISO/IEC 13818-1 2.7.2. A slower rate has a clock reference with every picture. */
const LONGEST_PCR_GAP_TICKS = 0.1 * CLOCK_HZ;
/** ISO/IEC 13818-1 2.4.2.7 */
const LONGEST_DELIVERY_TICKS = CLOCK_HZ;
/** Priming of the encoder, and rounding: sound begins at most this long before or after the picture. */
const SOUND_START_TICKS = 0.1 * CLOCK_HZ;

/**
 * Follows one rung through its segments in order: counters of all packets, the times of all pictures and all sound on the grid of the title,
 * and the clock. Each call of `add` answers with what is wrong with that segment behind the ones before it, by rule.
 */
export class TsTimeline {
  private readonly counters = new Map<number, number>();
  private segment = 0;
  private frames = 0;
  private lastPicture: TimedUnit | null = null;
  private lastPcr: number | null = null;
  private firstSound: number | null = null;
  private soundFrames = 0;

  constructor(private readonly expected: TsExpectation) {}

  add(bytes: Uint8Array): ConformanceProblem[] {
    try {
      return this.follow(readTsSegment(bytes));
    } catch (error) {
      if (!(error instanceof MalformedTsError)) throw error;
      return [{ rule: 'packets', problem: `cannot be read: ${error.message}` }];
    }
  }

  /** What is missing behind the last segment. */
  end(): ConformanceProblem[] {
    const { sound } = this.expected;
    if (!sound || this.soundFrames === sound.frameCount) return [];
    return [{ rule: 'sound', problem: `has ${this.soundFrames} of ${sound.frameCount} frames of sound` }];
  }

  private follow(facts: TsSegmentFacts): ConformanceProblem[] {
    const frameCount = this.expected.frameCounts[this.segment] ?? 0;
    const found: [string, boolean | string][] = [
      ...this.followCounters(facts).map((problem): [string, string] => ['counters', problem]),
      ['key-frames', !facts.opensWithKeyPicture && 'does not open with a key picture and its parameter sets'],
      ['timeline', this.placePictures(facts.pictures, frameCount)],
      ['timeline', this.orderPictures(facts.pictures)],
      ['clock', this.followClock(facts.pictures)],
      ['sound', this.followSound(facts.sound)],
    ];
    this.segment += 1;
    this.frames += frameCount;
    return found.flatMap(([rule, problem]) => (typeof problem === 'string' ? [{ rule, problem }] : []));
  }

  private followCounters({ counters }: TsSegmentFacts): string[] {
    return [...counters].flatMap(([pid, { first, last, jumps }]) => {
      const before = this.counters.get(pid);
      this.counters.set(pid, last);
      const isCut = before !== undefined && first !== (before + 1) % COUNTER_CYCLE;
      return [
        ...(jumps > 0 ? [`loses packets of PID ${pid}`] : []),
        ...(isCut ? [`begins PID ${pid} with the counter ${first}, behind ${before}`] : []),
      ];
    });
  }

  /** Every picture of the grid is there, whatever the order of decoding. */
  private placePictures(pictures: readonly TimedUnit[], frameCount: number): string | false {
    if (pictures.length !== frameCount) return `has ${pictures.length} pictures, not ${frameCount}`;
    const shown = pictures.map(({ pts }) => pts).sort((one, other) => one - other);
    const wrong = shown.findIndex((pts, index) => Math.abs(pts - this.ticksOf(this.frames + index)) > ROUNDING_TICKS);
    return wrong >= 0 && `shows picture ${this.frames + wrong} at ${shown[wrong]}, not ${Math.round(this.ticksOf(this.frames + wrong))}`;
  }

  private orderPictures(pictures: readonly TimedUnit[]): string | false {
    const step = this.ticksOf(1) - this.ticksOf(0);
    for (const picture of pictures) {
      const before = this.lastPicture;
      this.lastPicture = picture;
      if (picture.pts < picture.dts) return `shows a picture at ${picture.pts} before it is decoded at ${picture.dts}`;
      if (before && Math.abs(picture.dts - before.dts - step) > ROUNDING_TICKS) {
        return `decodes a picture at ${picture.dts}, behind ${before.dts}`;
      }
    }
    return false;
  }

  private followClock(pictures: readonly TimedUnit[]): string | false {
    if (pictures[0]?.pcr == null) return 'does not open with a clock reference';
    const longest = Math.max(LONGEST_PCR_GAP_TICKS, this.ticksOf(1) - this.ticksOf(0)) + ROUNDING_TICKS;
    for (const { pcr, dts } of pictures) {
      if (pcr === null) continue;
      const before = this.lastPcr;
      this.lastPcr = pcr;
      if (pcr > dts || dts - pcr > LONGEST_DELIVERY_TICKS) return `has the clock at ${pcr} for a picture that is decoded at ${dts}`;
      if (before !== null && (pcr <= before || pcr - before > longest)) return `has the clock at ${pcr}, behind ${before}`;
    }
    return false;
  }

  private followSound(sound: TsSegmentFacts['sound']): string | false {
    const { sound: expected } = this.expected;
    if (!expected || !sound) return Boolean(expected) !== Boolean(sound) && `has ${sound ? 'sound' : 'no sound'}, unlike the title`;
    if (sound.units.length > 0 && sound.frames.sampleRateHz !== expected.sampleRateHz)
      return `has sound of ${sound.frames.sampleRateHz} Hz`;
    for (const [index, { pts }] of sound.units.entries()) {
      this.firstSound ??= pts;
      const wanted = this.firstSound + (this.soundFrames * SAMPLES_PER_FRAME * CLOCK_HZ) / expected.sampleRateHz;
      this.soundFrames += sound.frames.counts[index] ?? 0;
      if (Math.abs(pts - wanted) > ROUNDING_TICKS) return `has sound at ${pts}, not ${Math.round(wanted)}`;
    }
    const first = this.firstSound ?? 0;
    return Math.abs(first - this.ticksOf(0)) > SOUND_START_TICKS && `has sound from ${first} on, the picture begins at ${this.ticksOf(0)}`;
  }

  private ticksOf(frame: number): number {
    const { num, den } = this.expected.frameRate;
    return TS_START_SECONDS * CLOCK_HZ + (frame * den * CLOCK_HZ) / num;
  }
}
