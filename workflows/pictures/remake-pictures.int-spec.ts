import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { remakePicturesWorkflowId } from '../../temporal/contract/ids';
import { startRemakePictures } from '../../temporal/pictures-commands';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const OWNER = { creatorId: 'local', priority: 'normal' } as const;

let server: WorkflowServer;
beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
afterAll(() => server.close());

it('makes pictures again, and warns where they are not made', async () => {
  const recorder = new Recorder();
  const order = { videoId: randomUUID(), generation: 2, thumbnails: { intervalMs: 2000 } };
  const end = () => server.client.workflow.getHandle(remakePicturesWorkflowId(order)).result();
  await server.serving(recorder.activities(), async () => {
    await startRemakePictures(server.client, order, OWNER);
    await end();
  });
  expect(recorder.calls).toEqual(['remake pictures']);
  const remakePictures = () => Promise.reject(ApplicationFailure.nonRetryable('A finished segment is gone.', 'OutputInvalid'));
  await server.serving({ ...recorder.activities(), remakePictures }, async () => {
    await startRemakePictures(server.client, order, OWNER);
    await expect(end()).rejects.toThrow();
  });
  expect(recorder.calls).toEqual(['remake pictures', 'warning thumbnails']);
}, 60_000);
