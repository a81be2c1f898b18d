import { filmPlan } from '../../../workflows/planning/testing/film-plan';
import { askedFamilyOf, CODEC_FAMILY_NAMES, laterFamilies } from './families';
import { familiesOf, familiesWith, hdrPictureOf, isHdrVideo, type HdrChoice } from './hdr';
import type { ColourFacts } from './plan';

const { video } = filmPlan({ videoId: 'film', seconds: 6, transcodeSlots: 1 }).source;
const PQ: ColourFacts = { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc', range: 'limited' };
const HLG: ColourFacts = { ...PQ, transfer: 'arib-std-b67' };
const SDR = video.colour;
const contentLight = { maxCll: 1000, maxFall: 400 };

it.each<[string, ColourFacts, ReturnType<typeof hdrPictureOf>]>([
  ['HDR10 with its mastering data', PQ, { transfer: 'pq', contentLight }],
  ['HLG, which is relative to the screen', HLG, { transfer: 'hlg' }],
  ['PQ in RGB', { ...PQ, matrix: 'gbr' }, { transfer: 'pq', contentLight }],
  ['nothing of SDR', SDR, null],
  ['nothing of PQ with other primaries', { ...PQ, primaries: 'smpte432' }, null],
  ['nothing of constant luminance', { ...PQ, matrix: 'bt2020c' }, null],
  ['nothing of a matrix that is not marked', { ...PQ, matrix: null }, null],
])('an HDR set keeps %s', (_, colour, kept) => {
  expect(hdrPictureOf({ colour, light: { contentLight } })).toEqual(kept);
});

describe('the families of a video', () => {
  const asked = (hdr: HdrChoice | undefined, colour: ColourFacts | null, codecs = ['h264', 'hevc', 'av1', 'vp9'] as const) => ({
    codecs,
    encoding: hdr ? { hdr } : {},
    sourceFacts: colour && { video: { ...video, colour } },
  });

  it('have the HDR sets of their codecs, which join last', () => {
    expect(laterFamilies(familiesOf(asked('keep', PQ)))).toEqual(['hevc', 'av1', 'vp9', 'hevc-hdr', 'av1-hdr']);
    expect(laterFamilies(familiesOf({ ...asked('keep', HLG), codecs: ['hevc'] }))).toEqual(['hevc-hdr']);
  });

  it.each<[string, HdrChoice | undefined, ColourFacts | null]>([
    ['of a source in SDR', 'keep', SDR],
    ['before the source was examined', 'keep', null],
    ['of an upload that wants SDR only', 'sdr-only', PQ],
    ['of an upload of an older release, whose workers may share the run', undefined, PQ],
  ])('have none %s', (_, hdr, colour) => {
    expect(familiesOf(asked(hdr, colour))).toEqual(['h264', 'hevc', 'av1', 'vp9']);
  });

  it('bring the HDR set with a codec that is added, unless the upload wanted SDR only', () => {
    expect(familiesWith('av1', asked('keep', PQ))).toEqual(['av1', 'av1-hdr']);
    expect(familiesWith('av1', asked(undefined, PQ))).toEqual(['av1', 'av1-hdr']);
    expect(familiesWith('vp9', asked('keep', PQ))).toEqual(['vp9']);
    expect(familiesWith('av1', asked('sdr-only', PQ))).toEqual(['av1']);
    expect(familiesWith('av1', asked('keep', SDR))).toEqual(['av1']);
    expect(isHdrVideo(asked('keep', SDR))).toBe(false);
  });
});

it('every family is asked for by the name of its codec', () => {
  expect(CODEC_FAMILY_NAMES.map(askedFamilyOf)).toEqual(['h264', 'hevc', 'av1', 'vp9', 'hevc', 'av1']);
});
