import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORT_PREFERENCES, type Ports } from '../home/ports';
import { openStackHome, type StackHome } from '../home/stack-home';
import { createDoorFiles } from './door-files';
import { connectionsOf, parseJoinFile, readJoinFile, removeJoinFile, writeJoinFile } from './join-file';

const ports = Object.fromEntries(Object.keys(PORT_PREFERENCES).map((name, index) => [name, 20_000 + index])) as Ports;

describe('the join file', () => {
  let home: StackHome;

  beforeAll(async () => {
    home = openStackHome(mkdtempSync(join(tmpdir(), 'join-file-')));
    await createDoorFiles(home);
    writeJoinFile({ home, host: '10.0.0.5', ports });
  });

  afterAll(() => rmSync(home.folder, { recursive: true }));

  it('is for its owner only, and leads a worker to the services by the address that others reach', () => {
    expect(statSync(home.joinFile).mode & 0o777).toBe(0o600);
    const connections = connectionsOf(readJoinFile(home.joinFile));
    expect(connections.s3Endpoint).toBe(`http://10.0.0.5:${ports.s3}`);
    expect(connections.temporalAddress).toBe(`10.0.0.5:${ports.fleetDoor}`);
    expect(new URL(connections.mysqlUrl)).toMatchObject({ hostname: '10.0.0.5', port: String(ports.mysql), username: 'fleet' });
    expect(new URL(connections.mysqlUrl).password).toMatch(/^[0-9a-f]{36}$/);
  });

  it('says which field is wrong and shows no value', () => {
    const good = JSON.parse(readFileSync(home.joinFile, 'utf8')) as Record<string, unknown>;
    const { s3_port: _, ...rest } = good;
    const message = faultOf(JSON.stringify({ ...rest, mysql_password: 'not-hex-secret', sprocket_join: 2, extra: 1 }));
    expect(message).toContain('s3_port: is missing');
    expect(message).toContain('mysql_password: must be the hex digits');
    expect(message).toContain('sprocket_join: ');
    expect(message).toContain('up -- --listen ADDRESS');
    expect(message).not.toContain('not-hex-secret');
    expect(faultOf('no JSON')).toContain('This is no join file');
  });

  it('is gone with the address', () => {
    removeJoinFile(home);
    expect(() => readJoinFile(home.joinFile)).toThrow('cannot be read (ENOENT)');
  });
});

function faultOf(text: string): string {
  try {
    parseJoinFile(text);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
