import { Registry } from 'prom-client';
import { QueueMetrics } from './queue-metrics';

it('has a value for every queue, 0 where nothing serves it', async () => {
  const registry = new Registry();
  const worker = { queue: 'transcode-cpu', unfit: null, slotsUsed: 1, slotsFree: 2 };
  const state = { queue: 'transcode-cpu', backlog: 7, backlogAgeMs: 1_500, pollers: 1 } as const;
  new QueueMetrics(registry).set([state], [worker, { ...worker, unfit: 'ffmpeg', slotsUsed: 0, slotsFree: 0 }]);
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'sprocket_queue_backlog{queue="transcode-cpu"} 7',
      'sprocket_queue_backlog_age_seconds{queue="transcode-cpu"} 1.5',
      'sprocket_queue_slots{queue="transcode-cpu",state="free"} 2',
      'sprocket_workers{queue="transcode-cpu",state="unfit"} 1',
      'sprocket_queue_slots{queue="drm",state="free"} 0',
      'sprocket_workers{queue="drm",state="serving"} 0',
    ]),
  );
});
