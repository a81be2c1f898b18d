import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { muxTsWorkflowId, processVideoWorkflowId } from '../../temporal/contract/ids';
import { walkOf } from '../../temporal/contract/pipeline';
import { historiesOf, payloadSizes } from '../../temporal/testing/histories';
import { retryProcessVideo } from '../../temporal/video-commands';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const walk = walkOf({ isStrict: false, families: {}, hlsTs: true });
const about = { title: 'A film', sizeBytes: 1 };

let server: WorkflowServer;
beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
afterAll(() => server.close());

it('comes behind the publication, whose failure it is not, and is done again alone', async () => {
  const recorder = new Recorder();
  const works = recorder.activities();
  const videoId = randomUUID();
  const input = { videoId, generation: 1, creatorId: 'local', priority: 'normal', walk } as const;
  let isBroken = true;
  const muxTsPiece: PipelineActivities['muxTsPiece'] = (piece) => {
    if (isBroken && piece.pieceIndex === 1) return Promise.reject(ApplicationFailure.nonRetryable('Not H.264.', 'PlanInvalid'));
    return works.muxTsPiece(piece);
  };
  const result = () => server.client.workflow.getHandle(processVideoWorkflowId(videoId)).result() as Promise<unknown>;
  await server.serving({ ...works, muxTsPiece }, async () => {
    await startProcessVideo(server.client, input, about);
    expect(await result()).toMatchObject({ status: 'ready', warnings: 1 });
    const { calls } = recorder;
    expect(calls.slice(calls.indexOf('publish'))).toEqual(['publish', 'plan ts', 'mux ts 0', 'warning ts']);
    isBroken = false;
    recorder.forget();
    await retryProcessVideo(server.client, { input, about, updateId: randomUUID() }, { fromStep: 'ts', walk });
    expect(await result()).toMatchObject({ status: 'ready', warnings: 0 });
  });
  expect([...recorder.calls].sort()).toEqual(['mux ts 0', 'mux ts 1', 'plan ts', 'ts']);
  expect(recorder.reopened).toMatchObject([{ status: null, rerun: ['ts'] }]);
  const [history] = await historiesOf(server.client, muxTsWorkflowId(videoId, 1));
  expect(Math.max(...payloadSizes(history!))).toBeLessThan(1024);
}, 60_000);
