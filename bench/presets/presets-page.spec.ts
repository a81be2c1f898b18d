import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import measured from './measured.json';
import { presetsPage } from './presets-page';

const EQUAL_QUALITY = (name: 'fast' | 'standard', clip: 'film' | 'table' | 'street') => measured[name].h264[clip].kbpsAtEqualVmaf;

it('docs/presets.md is made of the table and the last figures; npm run bench:presets writes both', () => {
  expect(readFileSync(join(projectRoot(), 'docs', 'presets.md'), 'utf8')).toBe(presetsPage(measured));
});

it('standard saves an eighth of the bits of fast at equal quality', () => {
  const shares = (['film', 'table', 'street'] as const).map((clip) => EQUAL_QUALITY('standard', clip) / EQUAL_QUALITY('fast', clip));
  expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThanOrEqual(0.88);
});
