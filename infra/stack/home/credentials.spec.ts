import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureMasterKey, openApiKey } from './credentials';
import { openStackHome } from './stack-home';

it('makes a master key for its owner alone, once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-home-'));
  try {
    const home = openStackHome(folder);
    ensureMasterKey(home);
    const made = readFileSync(home.masterKeyFile, 'utf8');
    expect(made).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(home.masterKeyFile).mode & 0o777).toBe(0o600);
    ensureMasterKey(home);
    expect(readFileSync(home.masterKeyFile, 'utf8')).toBe(made);
    // Another one would open none of the keys that this one has wrapped.
    rmSync(home.masterKeyFile);
    expect(ensureMasterKey(home)).toBe(false);
    expect(existsSync(home.masterKeyFile)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('makes the key of the operator for its owner alone, once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-home-'));
  try {
    const home = openStackHome(folder);
    const key = openApiKey(home);
    expect(key).toMatch(/^spk_/);
    expect(statSync(home.apiKeyFile).mode & 0o777).toBe(0o600);
    expect(openApiKey(home)).toBe(key);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
