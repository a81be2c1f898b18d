import { walkOf } from '../../../temporal/contract/pipeline';
import { needlessSteps } from './needless-steps';

const needless = (differences: object) =>
  needlessSteps({ audio: [{}], source: { subtitles: [{ extractedTrack: 0 }], video: {} }, ...differences } as never);

it('skips nothing of a source with sound and text', () => {
  expect(needless({})).toEqual([]);
});

it('skips the sound of a silent source, and listening to it where the walk has that', () => {
  expect(needless({ audio: [] })).toEqual(['audio']);
  expect(needless({ audio: [], walk: walkOf({ isStrict: false, families: {}, speech: {} }) })).toEqual(['audio', 'speech']);
  expect(needless({ walk: walkOf({ isStrict: false, families: {}, speech: {} }) })).toEqual([]);
});

it('skips the text of a source that has none, or pictures of it alone', () => {
  expect(needless({ source: { subtitles: [{ extractedTrack: null }], video: {} } })).toEqual(['subtitles']);
  expect(needless({ source: { subtitles: [], video: { hasCaptions: true } } })).toEqual([]);
});
