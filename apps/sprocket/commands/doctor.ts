import { EXIT } from '../exit-code';
import type { Session } from '../session';
import type { AddCommands } from './act';

/** `doctor`: what is wrong with this machine and its API, and how to mend it. */
export const addDoctorCommand: AddCommands = (program, act) => {
  program
    .command('doctor')
    .description('Check binaries, encoders, ports, disk, the API and its dependencies, and say how to mend what is wrong')
    .option('--api-only', 'leave this machine out: it runs neither the stack nor workers')
    .action(act(doctor));
};

async function doctor({ api, environment, settings, out }: Session, { apiOnly }: { apiOnly?: true }): Promise<number> {
  // The checks load the embedded stack, which other commands start without.
  const [{ checkApi }, { checkMachine }] = await Promise.all([import('../doctor/check-api.ts'), import('../doctor/check-machine.ts')]);
  const [machine, service] = await Promise.all([apiOnly ? [] : checkMachine(environment, settings.SPROCKET_HOME), checkApi(api)]);
  const findings = [...machine, ...service];
  out.list(findings, ['check', 'state', 'detail'], ({ check, state, detail }) => [check, state, detail]);
  for (const { check, mend } of findings) if (mend !== null) out.say(`${check}: ${mend}`);
  return findings.some(({ state }) => state === 'fault') ? EXIT.failed : EXIT.done;
}
