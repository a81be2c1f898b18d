import type { Plan } from '../../../../temporal/contract/media/plan';
import { PIPELINE } from '../../../../temporal/contract/pipeline';
import { H264 } from '../../families/h264';
import { planFamily } from '../../plan/plan-family';
import { planOnCpu } from '../../plan/plan-on-cpu';
import { planVideo } from '../../plan/plan-video';
import { planOf, recordedPlanOf } from '../../plan/recorded-plan';
import { filmPlan } from '../../testing/film-plan';
import { chunkArgs, type ChunkArgsInput } from '../chunk-args';
import { drawMark, markFilters, type DrawnMark } from './draw-watermark';

const film = filmPlan({ videoId: 'v', seconds: 20, transcodeSlots: 1 });
const [familyPlan] = film.families as [Plan['families'][number]];
const mark: DrawnMark = {
  path: '/w/watermark.png',
  watermark: {
    ...{ watermarkId: 'id', key: 'watermarks/a.png', sha256: 'a', width: 400, height: 200 },
    ...{ position: 'top-right', marginPercent: 3, sizePercent: 10, opacity: 0.6 },
  },
};
const rungs = [
  { width: 1280, height: 720 },
  { width: 426, height: 240 },
];
const SCALE = 'flags=bicubic+accurate_rnd+full_chroma_int+bitexact';
const MARKS = 'setparams=range=limited:colorspace=bt709:color_primaries=bt709:color_trc=bt709';

it('makes a mark of its final size for every rung', () => {
  const tail =
    `unpremultiply=inplace=1,colorchannelmixer=aa=0.6,scale=${SCALE}:out_color_matrix=bt709:out_range=limited,format=yuva420p,` +
    `${MARKS},setsar=1,settb=1001/24000,setpts=0`;
  expect(markFilters(film, mark, { rungs, input: 1 })).toEqual([
    '[1:v]format=gbrap16le,premultiply=inplace=1,split=2[raw0][raw1]',
    `[raw0]scale=128:64:${SCALE},${tail}[mark0]`,
    `[raw1]scale=42:22:${SCALE},${tail}[mark1]`,
  ]);
  expect(rungs.map((rung, index) => drawMark(mark, rung, index))).toEqual([
    '[plain0];[plain0][mark0]overlay=x=1130:y=22:eval=init:format=yuv420:alpha=straight',
    '[plain1];[plain1][mark1]overlay=x=376:y=8:eval=init:format=yuv420:alpha=straight',
  ]);
});

it('keeps an opaque mark as it is, and gives one in HDR ten bits', () => {
  const hdr = { transfer: 'pq' as const };
  const [, filter] = markFilters(
    film,
    { ...mark, watermark: { ...mark.watermark, opacity: 1 } },
    { rungs: [{ ...rungs[0]!, hdr }], input: 4 },
  );
  expect(filter).not.toContain('aa=');
  expect(filter).toMatch(
    /^\[raw0\]scale=128:64:.*,unpremultiply=inplace=1,lutrgb=.*,colorchannelmixer=rr=0.6274.*,lutrgb=.*format=yuva420p10le/,
  );
  expect(drawMark(mark, { ...rungs[0]!, hdr }, 0)).toContain('format=yuv420p10');
});

describe('the command of a chunk', () => {
  const input: ChunkArgsInput = {
    ...{ sourceUrl: 'http://127.0.0.1:9/s', plan: film, family: H264, familyPlan, chunk: film.chunks[0]! },
    outputs: familyPlan.rungs.slice(0, 2).map((rung) => ({ rung, path: `/w/${rung.name}.mp4` })),
    captures: { frames: [3], firstNumber: 1, width: 640, height: 360, folder: '/w' },
    proof: { signaturesPath: '/w/s', originsPath: '/w/o' },
  };
  const graphOf = (args: string[]) => (args[args.indexOf('-filter_complex') + 1] ?? '').split(';');

  it('has one input and two filters more, behind the scaler and before the signatures, and leaves the captures alone', () => {
    const [plain, marked] = [chunkArgs(input), chunkArgs({ ...input, mark })];
    expect(marked.filter((arg) => !plain.includes(arg) && !arg.includes(';'))).toEqual(['file', 'png_pipe', '/w/watermark.png']);
    const [before, after] = [graphOf(plain), graphOf(marked)];
    expect(after.find((line) => line.endsWith('[captures]'))).toBe(before.find((line) => line.endsWith('[captures]')));
    expect(after.filter((line) => !before.includes(line) && !/mark\d\]$|raw\d\]$|\[plain\d\]$/.test(line))).toEqual([
      '[plain0][mark0]overlay=x=1696:y=32:eval=init:format=yuv420:alpha=straight[v0]',
      '[plain1][mark1]overlay=x=1130:y=22:eval=init:format=yuv420:alpha=straight,split[v1][of_signatures]',
    ]);
  });

  it('is the one of before without a watermark', () => {
    expect(chunkArgs({ ...input, mark: null })).toEqual(chunkArgs(input));
  });
});

describe('a plan with a watermark', () => {
  const { watermark } = mark;
  const source = film.source;
  const frameTimes = { pts: [0], keyFramePts: [0] };
  const request = { isStrict: false, families: {}, watermark };
  const base = { videoId: 'v', generation: 1, walk: PIPELINE, originalKey: 'v/o', source, frameTimes, transcodeSlots: 1 };
  const plan = planVideo({ ...base, encoding: request });

  it('names it, and is of a recipe that older workers leave alone', () => {
    expect(plan).toMatchObject({ recipe: 5, watermark });
    expect(planOf(recordedPlanOf(plan))).toEqual(plan);
    const without = planVideo(base);
    expect(without.recipe).toBe(4);
    expect(without).not.toHaveProperty('watermark');
  });

  it('hands it on to families that join later and to the CPU that takes over', () => {
    const joining = planFamily(plan, H264, { revision: 2, encoding: { isStrict: false, families: {} }, gpuEncoders: [] });
    expect(joining).toMatchObject({ recipe: 5, watermark });
    expect(planOnCpu(plan, 'h264', 2)).toMatchObject({ recipe: 5, watermark });
  });
});
