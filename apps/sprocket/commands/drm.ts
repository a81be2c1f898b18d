import { Option } from 'commander';
import { byId, dataOf } from '../../../packages/client/src/sprocket-client';
import { DRM_SCHEMES, type DrmScheme } from '../../../temporal/contract/media/protection';
import type { Session } from '../session';
import type { AddCommands } from './act';

/** `drm`: protection of a video. */
export const addDrmCommand: AddCommands = (program, act) => {
  program
    .command('drm <id>')
    .description('Encrypt all media of a video; there is no way back')
    .addOption(new Option('--scheme <scheme>', 'cbcs plays on all devices of today').choices(DRM_SCHEMES).default('cbcs'))
    .option('--key-provider <name>', 'local, or a name in the file of key providers of the installation')
    .action(act(protect));
};

async function protect({ client, out }: Session, id: string, choice: { scheme: DrmScheme; keyProvider?: string }): Promise<void> {
  const body = { scheme: choice.scheme, ...(choice.keyProvider ? { key_provider: choice.keyProvider } : {}) };
  const answer = await dataOf(client.http.POST('/api/v1/videos/{id}/drm', { ...byId(id), body }));
  out.result(answer, `${id} will be encrypted (${answer.drm.scheme}: ${answer.drm.systems.join(', ')}); it is ${answer.drm.state}`);
}
