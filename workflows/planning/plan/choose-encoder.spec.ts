import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { EncoderVerdict, GpuMode, HardwareEncoder, HardwareFamily, HardwareKind } from '../../../temporal/contract/media/hardware';
import type { FamilyPlan, VideoRung } from '../../../temporal/contract/media/plan';
import { leavesGpu } from '../run/leaves-gpu';
import { filmPlan } from '../testing/film-plan';
import { sharedEncoders, withEncoder } from './choose-encoder';
import { planOnCpu } from './plan-on-cpu';

const verdict = (kind: HardwareKind, family: HardwareFamily, works = true): EncoderVerdict => ({ kind, family, works });
const nvenc = (['h264', 'hevc', 'av1'] as const).map((family) => verdict('nvenc', family));

function planned(family: CodecFamily, shortSide = 240): FamilyPlan {
  return { family, rungs: [{ width: (shortSide * 16) / 9, height: shortSide } as VideoRung] };
}

describe('the encoder of a family', () => {
  const available: HardwareEncoder[] = sharedEncoders([nvenc]);

  it.each<[GpuMode, CodecFamily, HardwareKind | undefined]>([
    ['auto', 'h264', undefined],
    ['auto', 'hevc', 'nvenc'],
    ['auto', 'av1', 'nvenc'],
    ['auto', 'vp9', undefined],
    ['never', 'hevc', undefined],
    ['required', 'h264', 'nvenc'],
    ['required', 'vp9', undefined],
  ])('%s: %s', (gpu, family, encoder) => {
    expect(withEncoder(planned(family), gpu, available).encoder).toBe(encoder);
  });

  it('is the CPU where no GPU worker is there, for pictures below the smallest of GPUs, and by nothing else than the request', () => {
    expect(withEncoder(planned('hevc'), 'auto', []).encoder).toBeUndefined();
    expect(withEncoder(planned('hevc', 180), 'auto', available).encoder).toBeUndefined();
    expect(withEncoder(planned('hevc', 180), 'required', available)).toMatchObject({ encoder: 'nvenc', needsGpu: true });
  });

  it('cannot be had where a GPU is required and none is there', () => {
    expect(() => withEncoder(planned('hevc'), 'required', [])).toThrow(expect.objectContaining({ type: 'GpuUnavailable' }));
  });
});

describe('what a fleet of GPU workers can do', () => {
  it.each<[string, EncoderVerdict[][], string[]]>([
    ['of no worker', [], []],
    ['a worker that has tried nothing yet', [nvenc, []], []],
    ['one codec fails on one of them', [nvenc, nvenc.map((one) => ({ ...one, works: one.family !== 'av1' }))], ['h264', 'hevc']],
    ['other kinds', [nvenc, [verdict('qsv', 'hevc')]], []],
  ])('%s', (_, workers, families) => {
    expect(sharedEncoders(workers).map(({ family }) => family)).toEqual(families);
  });
});

describe('after the failure of a GPU', () => {
  it('a family has other names and no other difference', () => {
    const film = filmPlan({ videoId: 'film', seconds: 12, transcodeSlots: 1 });
    const [h264] = film.families as [FamilyPlan];
    const onGpu = { ...film, families: [{ ...h264, encoder: 'nvenc' as const }] };
    const renamed = h264.rungs.map((rung) => ({ ...rung, name: `${rung.name}_r2` }));
    expect(planOnCpu(onGpu, 'h264', 2)).toEqual({ ...film, families: [{ ...h264, rungs: renamed }] });
    expect(planOnCpu(planOnCpu(onGpu, 'h264', 2), 'h264', 3).families[0]?.rungs[0]?.name).toBe('1080p_r3');
  });

  it.each([
    ['GpuUnavailable', true],
    ['EncodeFailed', true],
    ['OutputInvalid', true],
    ['SourceUnreadable', false],
    ['StorageUnavailable', false],
    ['Cancelled', false],
  ])('%s: the CPU takes over: %s', (failureType, takesOver) => {
    expect(leavesGpu({ encoder: 'nvenc' }, failureType)).toBe(takesOver);
    expect(leavesGpu({ encoder: 'nvenc', needsGpu: true }, failureType)).toBe(false);
    expect(leavesGpu({}, failureType)).toBe(false);
  });
});
