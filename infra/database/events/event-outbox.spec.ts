import { eventBody, eventsOfChange, type EventState } from './event-outbox';

const NOON = new Date('2026-01-02T12:00:00.000Z');
const BEFORE: EventState = {
  ...{ videoId: 'v', creatorId: 'ann', status: 'packaging', generation: 2 },
  ...{ failedStep: null, failureType: null, playableAt: null },
};

it.each([
  ['the first publication', {}, { status: 'ready', playableAt: NOON }, ['video.playable', 'video.ready']],
  ['a title that opens while it is encoded', {}, { playableAt: NOON }, ['video.playable']],
  ['the publication of one that was open', { playableAt: NOON }, { status: 'ready' }, ['video.ready']],
  ['the failure of one that was open', { playableAt: NOON }, { status: 'failed', playableAt: null }, ['video.failed']],
  ['a repeated call', { status: 'ready' }, { status: 'ready' }, []],
  ['a step', {}, { status: 'transcoding' }, []],
  ['a failure', {}, { status: 'failed' }, ['video.failed']],
  ['a wait for a moderator', {}, { status: 'moderating' }, ['video.moderation_required']],
  ['a cancelled upload', { status: 'uploading' }, { status: 'cancelled' }, ['video.cancelled']],
  ['a removal', { status: 'failed' }, { status: 'removed' }, ['video.removed']],
] as const)('knows the events of %s', (_, before, after, events) => {
  const from: EventState = { ...BEFORE, ...before };
  expect(eventsOfChange(from, { ...from, ...after })).toEqual(events);
});

it('writes what receivers get', () => {
  const at = new Date('2026-01-02T03:04:05.678Z');
  const failed: EventState = { ...BEFORE, status: 'failed', failedStep: 'probe', failureType: 'SourceUnreadable' };
  expect(eventBody(failed, { type: 'video.failed', at })).toBe(
    '{"type":"video.failed","timestamp":"2026-01-02T03:04:05.678Z","data":{"video_id":"v","creator_id":"ann","status":"failed","generation":2,' +
      '"failed_step":"probe","failure_type":"SourceUnreadable"}}',
  );
  const change = { kind: 'family', action: 'added', family: 'av1' } as const;
  expect(JSON.parse(eventBody(BEFORE, { type: 'video.updated', at, change }))).toMatchObject({ data: { change } });
});
