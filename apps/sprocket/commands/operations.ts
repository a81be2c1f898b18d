import { Option } from 'commander';
import type { Body } from '../../../packages/client/src/api-bodies';
import { byId, dataOf } from '../../../packages/client/src/sprocket-client';
import { STEP_WORK } from '../../../temporal/contract/pipeline';
import type { Session } from '../session';
import { stateLine } from '../terminal/output';
import type { AddCommands } from './act';

type RetryBody = Body<'/api/v1/videos/{id}/retry', 'post'>;

/** `retry`, `cancel` and `rm`. */
export const addOperationCommands: AddCommands = (program, act) => {
  program
    .command('retry <id>')
    .description('Run a step again and all that depend on it; other finished work is kept')
    .addOption(new Option('--from <step>', 'the failed step when left out').choices(Object.keys(STEP_WORK)))
    .action(act(retry));
  program.command('cancel <id>').description('Stop the processing; the original stays').action(act(cancel));
  program.command('rm <id...>').description('Remove videos and all that was made of them; the originals stay').action(act(remove));
};

async function retry({ client, out }: Session, id: string, { from }: { from?: NonNullable<RetryBody>['from_step'] }): Promise<void> {
  const body = from === undefined ? {} : { from_step: from };
  const answer = await dataOf(client.http.POST('/api/v1/videos/{id}/retry', { ...byId(id), body }));
  out.result(answer, `${id} is retrying from ${answer.retry_from}`);
}

async function cancel({ client, out }: Session, id: string): Promise<void> {
  const answer = await dataOf(client.http.POST('/api/v1/videos/{id}/cancel', byId(id)));
  out.result(answer, stateLine(id, answer.status));
}

async function remove({ client, out }: Session, ids: string[]): Promise<void> {
  for (const id of ids) {
    const answer = await dataOf(client.http.DELETE('/api/v1/videos/{id}', byId(id)));
    out.result(answer, stateLine(id, answer.status));
  }
}
