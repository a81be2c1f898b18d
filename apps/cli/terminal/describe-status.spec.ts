import { describeStatus } from './describe-status';

it('shows services with their ports, addresses, and workers with the slots in use', () => {
  const services = [
    { service: 'mysql', state: 'ready', pid: 12, ports: { mysql: 3307 } },
    { service: 'temporal', state: 'not ready', pid: 13, ports: { temporal: 7233, temporalUi: 8233 } },
    { service: 'api', state: 'stopped', pid: null, ports: {} },
  ] as const;
  const workers = [
    { identity: 'a', queue: 'pipeline', state: 'serving', slots_used: 1, slots_free: 19 },
    { identity: 'b', queue: 'probe', state: 'serving', slots_used: 0, slots_free: 2 },
    { identity: 'a', queue: 'audio', state: 'unfit', slots_used: 0, slots_free: 0 },
  ];
  expect(describeStatus(services, { api_url: 'http://127.0.0.1:8080' }, workers)).toBe(
    [
      'mysql       ready      12       mysql 3307',
      'temporal    not ready  13       temporal 7233, temporalUi 8233',
      'api         stopped',
      'api_url           http://127.0.0.1:8080',
      'worker a  pipeline 1/20, audio unfit',
      'worker b  probe 0/2',
      '',
    ].join('\n'),
  );
});

it('leaves workers out that the API did not tell', () => {
  expect(describeStatus([], {}, null)).toBe('');
});
