import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { putPart } from './put-part.ts';

const STALL_MS = 30;
const part = { number: 2, start: 0, end: 3 };

/** A browser whose connection takes some bytes, and then neither more bytes nor an answer. */
class HangingRequest {
  static aborts = 0;
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onabort?: () => void;

  open(): void {}

  send(): void {
    this.upload.onprogress?.({ loaded: 2 });
  }

  abort(): void {
    HangingRequest.aborts++;
    this.onabort?.();
  }
}

function transfer(body: Blob | ReadableStream<Uint8Array>, signal?: AbortSignal, url = 'http://127.0.0.1:9/') {
  const sent: number[] = [];
  const promise = putPart({ url, body, part, signal, stallMs: STALL_MS, onSent: (bytes) => sent.push(bytes) });
  return { promise, sent };
}

describe('a part that a page sends', () => {
  beforeEach(() => {
    HangingRequest.aborts = 0;
    Object.assign(globalThis, { XMLHttpRequest: HangingRequest });
  });
  afterEach(() => Reflect.deleteProperty(globalThis, 'XMLHttpRequest'));

  it('fails when its connection hangs, so that it is sent again', async () => {
    const { promise, sent } = transfer(new Blob(['abc']));
    await expect(promise).rejects.toMatchObject({ name: 'PartError', status: 0, cause: { name: 'TimeoutError' } });
    expect([sent, HangingRequest.aborts]).toEqual([[2], 1]);
  });

  it('rejects with the reason of the signal when it is paused', async () => {
    const pause = new AbortController();
    const { promise } = transfer(new Blob(['abc']), pause.signal);
    pause.abort(new Error('paused'));
    await expect(promise).rejects.toThrow('paused');
    expect(HangingRequest.aborts).toBe(1);
  });
});

it('fails in Node, too, when storage takes the bytes and does not answer', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  const { promise } = transfer(new Blob(['abc']).stream(), undefined, `http://127.0.0.1:${port}/`);
  await expect(promise).rejects.toMatchObject({ name: 'PartError', status: 0, cause: { name: 'TimeoutError' } });
  silent.close();
});
