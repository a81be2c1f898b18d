import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { envExample } from './env-example';
import { SECTIONS, sprocketEnvExample } from './settings-sections';

const settings = SECTIONS.flatMap((section) => Object.entries(section.settings));

it('is what the schemas say; npm run env:example writes it', () => {
  expect(readFileSync(join(projectRoot(), '.env.example'), 'utf8')).toBe(sprocketEnvExample());
});

it('shows what a variable is, its unit, its default, and a value to start from', () => {
  const text = envExample(
    ['Introduction.'],
    [
      {
        title: 'Some',
        settings: {
          SIZE: z.coerce.number().default(7).meta({ description: 'A size.', unit: 'bytes' }),
          ADDRESS: z.string().meta({ description: 'An address.', example: 'a:1' }),
          NAME: z.string().optional().meta({ description: 'A name.' }),
          KEYS: z
            .string()
            .transform((value) => value.split(','))
            .prefault('')
            .meta({ description: 'Keys.' }),
        },
      },
    ],
  );
  expect(text).toBe(
    [
      '# Introduction.',
      '',
      '## Some',
      '# A size. Unit: bytes. Default: 7.',
      'SIZE=7',
      '# An address. Required.',
      'ADDRESS=a:1',
      '# A name.',
      'NAME=',
      '# Keys.',
      'KEYS=',
      '',
    ].join('\n'),
  );
});

it('refuses a variable without a description', () => {
  expect(() => envExample([], [{ title: 'Some', settings: { SIZE: z.string() } }])).toThrow('SIZE');
});

it.each(settings)('%s has a description, and a unit if it is a number', (name, setting) => {
  const { description, unit } = setting.meta() ?? {};
  expect(description).toMatch(/\.$/);
  if (/_(BYTES|SECONDS|HOURS|PORT|WIDTH|HEIGHT|STREAMS|CPUS|EXPECTED|SECOND)$/.test(name)) expect(unit).toBeTruthy();
});

it('names each variable once', () => {
  const names = settings.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
});
