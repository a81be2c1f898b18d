import {
  failedElsewhere,
  killsWorkers,
  needsSecondOpinion,
  passOnAfterMs,
  resumeState,
  type Attempt,
  type AttemptState,
} from './attempt-state';

const worker = (id: string, seat = id) => ({ id, seat });
const me = worker('me');

function attempt(change: Partial<Omit<Attempt, 'state'>> = {}, state: Partial<AttemptState> = {}): Attempt {
  return { number: 2, me, others: ['other'], state: { mediaFailures: 0, ...state }, ...change };
}

describe('resumeState', () => {
  it('begins with nothing', () => {
    expect(resumeState(undefined)).toEqual({ mediaFailures: 0 });
  });

  it('takes an attempt that never ended for a lost worker', () => {
    const state = resumeState({ mediaFailures: 1, failedOn: [worker('a')], runningOn: worker('b') });
    expect(state).toEqual({ mediaFailures: 1, failedOn: [worker('a')], lostOn: [worker('b')] });
  });

  it('keeps what an attempt left that ended', () => {
    expect(resumeState({ mediaFailures: 1, passes: 2 })).toEqual({ mediaFailures: 1, passes: 2 });
  });
});

describe('passOnAfterMs', () => {
  it.each<[string, Attempt, number | null]>([
    ['does what it has not tried', attempt({}, { failedOn: [worker('other')] }), null],
    ['leaves what it failed to a worker that has not', attempt({}, { failedOn: [me] }), 1_000],
    ['leaves it after a restart too', attempt({ me: worker('me again', 'me') }, { failedOn: [me] }), 1_000],
    ['leaves it for longer each time', attempt({}, { failedOn: [me], passes: 3 }), 8_000],
    ['does it when there is no other worker', attempt({ others: [] }, { failedOn: [me] }), null],
    ['does it when all others have failed it', attempt({}, { failedOn: [me, worker('other')] }), null],
    ['does it when no other comes', attempt({}, { failedOn: [me], passes: 10 }), null],
    ['does it when few attempts are left', attempt({ number: 15 }, { failedOn: [me] }), null],
    ['tries once more what it was lost with', attempt({}, { lostOn: [me] }), null],
    ['leaves what it was lost with twice', attempt({}, { lostOn: [me, me] }), 1_000],
  ])('%s', (_, given, expected) => {
    expect(passOnAfterMs(given)).toBe(expected);
  });
});

describe('needsSecondOpinion', () => {
  it.each<[string, Attempt, 'SourceUnreadable' | 'SourceTooLarge', boolean]>([
    ['a tool that cannot read, on one of two workers', attempt({}, { failedOn: [me] }), 'SourceUnreadable', true],
    ['the same on both', attempt({}, { failedOn: [me, worker('other')] }), 'SourceUnreadable', false],
    ['again and again on one of two', attempt({}, { failedOn: [me, me, me] }), 'SourceUnreadable', true],
    ['on the only worker', attempt({ others: [] }, { failedOn: [me] }), 'SourceUnreadable', false],
    ['what arithmetic says', attempt({}, { failedOn: [me] }), 'SourceTooLarge', false],
    ['with hardly an attempt left', attempt({ number: 28 }, { failedOn: [me] }), 'SourceUnreadable', false],
  ])('%s', (_, given, type, expected) => {
    expect(needsSecondOpinion(given, type)).toBe(expected);
  });
});

describe('killsWorkers', () => {
  it.each<[string, string[], boolean]>([
    ['one loss', ['a'], false],
    ['losses by a worker that falls over and over again', ['a', 'a', 'a', 'a', 'a'], false],
    ['one loss on each of two workers, as a deployment makes them', ['a', 'b'], false],
    ['losses on two workers', ['a', 'a', 'b'], true],
  ])('%s: %s', (_, seats, expected) => {
    expect(killsWorkers({ mediaFailures: 0, lostOn: seats.map((seat, index) => worker(`${seat}-${index}`, seat)) })).toBe(expected);
  });
});

it('tells a failure that was seen elsewhere', () => {
  expect(failedElsewhere({ mediaFailures: 2, failedOn: [me, worker('other')] }, me)).toBe(true);
  expect(failedElsewhere({ mediaFailures: 2, failedOn: [me, worker('me again', 'me')] }, me)).toBe(false);
});
