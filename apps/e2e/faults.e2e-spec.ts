import { FAULTS } from './faults/faults';
import { runFault } from './faults/run-fault';
import { Stage } from './faults/stage';

/** Small, because every run of the tests pays for it; `npm run test:chaos` is the whole matrix. */
const OPTIONS = { videos: 2, clipSeconds: 12, outageMs: 5_000 };

describe('the core of the fault matrix', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(OPTIONS);
  });

  afterAll(() => stage.close());

  it.each(FAULTS.filter(({ core }) => core).map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { wrong, readyMs, played } = await runFault(stage, fault);
    process.stderr.write(`${fault.name}: away for ${played.outageMs ?? 0} ms, all ready ${readyMs} ms after its end\n`);
    expect(wrong).toEqual([]);
  });
});
