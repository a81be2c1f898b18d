import { choosePorts, PORT_PREFERENCES, type PortName, type PortQuery } from './ports';

function query(change: Partial<PortQuery> = {}): PortQuery {
  let step = 0;
  return {
    remembered: {},
    held: new Set<PortName>(),
    prefersWellKnown: true,
    isFree: () => Promise.resolve(true),
    random: () => (step++ % 1000) / 1000,
    ...change,
  };
}

describe('choosePorts', () => {
  it('gives every name its own port', async () => {
    const ports = await choosePorts(query({ random: sequence([0, 0, 0.5, 0.5, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8]) }));
    expect(new Set(Object.values(ports)).size).toBe(Object.keys(PORT_PREFERENCES).length);
  });

  it('asks for well-known ports only for the default stack', async () => {
    expect((await choosePorts(query())).api).toBe(8080);
    expect((await choosePorts(query({ prefersWellKnown: false }))).api).not.toBe(8080);
  });

  it('takes another port when the remembered one is taken', async () => {
    const ports = await choosePorts(query({ remembered: { api: 9999 }, isFree: (port) => Promise.resolve(port !== 9999) }));
    expect(ports.api).toBe(8080);
  });

  it('keeps the port that a living service holds', async () => {
    const ports = await choosePorts(
      query({ remembered: { api: 9999 }, held: new Set<PortName>(['api']), isFree: (port) => Promise.resolve(port !== 9999) }),
    );
    expect(ports.api).toBe(9999);
  });

  it('gives no other name the port that a living service holds', async () => {
    const ports = await choosePorts(query({ remembered: { s3: 8080 }, held: new Set<PortName>(['s3']) }));
    expect(ports.s3).toBe(8080);
    expect(ports.api).not.toBe(8080);
  });
});

function sequence(values: number[]): () => number {
  let index = 0;
  return () => values[index++] ?? index / 1000;
}
