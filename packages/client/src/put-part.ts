import type { UploadSource } from './upload-source.ts';
import type { PartRange } from './part-ranges.ts';
import { startStallTimer } from './stall-timer.ts';

/** One part on its way. */
export interface PartTransfer {
  url: string;
  body: ReturnType<UploadSource['slice']>;
  part: PartRange;
  /** Bytes sent since the last call. */
  onSent: (bytes: number) => void;
  signal: AbortSignal | undefined;
  /** The longest time in which nothing is sent and no answer comes. */
  stallMs: number;
}

/** One whose signal is aborted when it stalls, too. */
type WatchedTransfer = PartTransfer & { signal: AbortSignal };

/** Storage refused a part, or was not reached (status 0). */
export class PartError extends Error {
  override readonly name = 'PartError';

  constructor(
    part: PartRange,
    readonly status: number,
    cause?: unknown,
  ) {
    super(
      status === 0
        ? `Part ${part.number} of the upload did not reach storage.`
        : `Storage refused part ${part.number} of the upload (${status}).`,
      { cause },
    );
  }
}

/** Sends one part by PUT. Rejects with {@link PartError}, also when nothing moves for `stallMs`, or with the reason of the signal. */
export async function putPart(transfer: PartTransfer): Promise<void> {
  const { part, signal, stallMs } = transfer;
  // Paused while the part's address was signed: XMLHttpRequest would not hear of it any more.
  signal?.throwIfAborted();
  // Only XMLHttpRequest tells what is sent of a Blob; only fetch is in Node.
  const put = typeof XMLHttpRequest === 'undefined' || !(transfer.body instanceof Blob) ? putByFetch : putByXhr;
  const timer = startStallTimer(stallMs, signal);
  const onSent = (bytes: number) => {
    timer.restart();
    transfer.onSent(bytes);
  };
  const status = await put({ ...transfer, onSent, signal: timer.signal })
    .catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new PartError(part, 0, cause);
    })
    .finally(timer.stop);
  if (status < 200 || status > 299) throw new PartError(part, status);
}

/** Storage needs the length of a part before its bytes, which a stream does not tell. */
async function putByFetch({ url, body, part, onSent, signal }: WatchedTransfer): Promise<number> {
  const stream = (body instanceof Blob ? (body.stream() as ReadableStream<Uint8Array>) : body).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        onSent(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  const request = {
    ...{ method: 'PUT', body: stream, headers: { 'Content-Length': String(part.end - part.start) } },
    // Node sends a stream only so.
    ...{ duplex: 'half', signal },
  };
  const response = await fetch(url, request);
  await response.body?.cancel();
  return response.status;
}

function putByXhr({ url, body, onSent, signal }: WatchedTransfer): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let sent = 0;
    request.upload.onprogress = ({ loaded }) => {
      onSent(loaded - sent);
      sent = loaded;
    };
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new TypeError('The connection to storage broke.'));
    request.onabort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.send(body as Blob);
  });
}
