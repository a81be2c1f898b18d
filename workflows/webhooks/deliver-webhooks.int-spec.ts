import { WEBHOOKS_SCHEDULE_ID, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import { ensureSchedules } from '../../temporal/schedules';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

let server: WorkflowServer;
beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
afterAll(() => server.close());

it('is started by its schedule, and goes on after dispatchers that failed or ended', async () => {
  let calls = 0;
  const deliverWebhooks = () => {
    calls++;
    return calls === 1 ? Promise.reject(new Error('The database did not answer.')) : Promise.resolve({ sent: 0 });
  };
  const running = async () => {
    const found = [];
    const query = `WorkflowType = '${WORKFLOW_TYPES.deliverWebhooks}' and ExecutionStatus = 'Running'`;
    for await (const one of server.client.workflow.list({ query })) found.push(one);
    return found;
  };
  await server.serving({ deliverWebhooks }, async () => {
    await ensureSchedules(server.client);
    await server.client.schedule.getHandle(WEBHOOKS_SCHEDULE_ID).trigger();
    while (calls < 4) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const { workflowId } of await running()) await server.client.workflow.getHandle(workflowId).terminate();
  });
  expect(calls).toBeGreaterThanOrEqual(4);
}, 60_000);
