import type { SprocketClient } from './sprocket-client.ts';
import { watchVideo } from './watch-video.ts';

type Connection = string | Error | null;

/** A client whose streams are these; an error breaks the stream that it follows. */
function clientOf(connections: Connection[][]) {
  const lastIds: (string | null)[] = [];
  const events = async (_id: string, lastId: string | null) => {
    lastIds.push(lastId);
    const parts = connections[lastIds.length - 1] ?? [null];
    if (parts[0] === null) return null;
    return new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const part = parts.shift();
        if (part instanceof Error) controller.error(part);
        else if (part === undefined || part === null) controller.close();
        else controller.enqueue(new TextEncoder().encode(part));
      },
    });
  };
  return { lastIds, client: { events } as unknown as SprocketClient };
}

async function seen(client: SprocketClient): Promise<number[]> {
  const percents: number[] = [];
  for await (const { percent } of watchVideo(client, 'v')) percents.push(percent);
  return percents;
}

const event = (id: string, percent: number) => `id: ${id}\ndata: {"percent":${percent}}\n\n`;

it('goes on after the last event when a connection breaks, and ends with the 204', async () => {
  const { client, lastIds } = clientOf([
    [`retry: 1\n\n${event('a', 1)}${event('b', 2).slice(0, 9)}`, new TypeError('terminated')],
    [event('b', 2)],
  ]);
  expect(await seen(client)).toEqual([1, 2]);
  expect(lastIds).toEqual([null, 'a', 'b']);
});

it('reads an event that comes in pieces', async () => {
  const text = event('a', 100);
  const { client } = clientOf([[text.slice(0, 5), text.slice(5, 20), text.slice(20)]]);
  expect(await seen(client)).toEqual([100]);
});

it('does not hide a fault that is none of the connection', async () => {
  const { client } = clientOf([['data: no JSON\n\n']]);
  await expect(seen(client)).rejects.toThrow(SyntaxError);
});
