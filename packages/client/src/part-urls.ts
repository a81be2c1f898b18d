import type { SprocketClient } from './sprocket-client.ts';

/** Addresses are signed for a limited time, so a few parts ahead are asked for. */
const PARTS_PER_CALL = 20;

/** Signed addresses of the parts of one upload, asked for in lots. */
export class PartUrls {
  private readonly signed = new Map<number, Promise<string>>();

  /** `numbers`: the parts that are sent, in their order. */
  constructor(
    private readonly client: SprocketClient,
    private readonly videoId: string,
    private readonly numbers: readonly number[],
  ) {}

  /** The address of a part, signed before where that is done already. */
  async of(number: number): Promise<string> {
    if (!this.signed.has(number)) {
      const first = this.numbers.indexOf(number);
      this.ask(this.numbers.slice(first, first + PARTS_PER_CALL));
    }
    return this.signed.get(number) ?? this.again(number);
  }

  /** A new address of a part: that of before has expired, or was refused. */
  async again(number: number): Promise<string> {
    this.ask([number]);
    return this.signed.get(number) ?? '';
  }

  private ask(numbers: readonly number[]): void {
    const urls = this.client.partUrls(this.videoId, numbers);
    for (const number of numbers) {
      const url = urls.then((all) => all.get(number) ?? '');
      // The part that needs it hears of it.
      url.catch(() => undefined);
      this.signed.set(number, url);
    }
  }
}
