import { RasterRefused } from '../../../infra/rasters/raster-refused';
import { Problem } from '../problems/problem';

/** Each takes a core for a moment. */
const MOST_AT_ONCE = 2;
const RETRY_AFTER_SECONDS = 2;

/** Draws what users send, few pictures at once. */
export class DrawingSlots {
  private underway = 0;

  /** `code` and `sentence` are those of the problem while all slots are taken. */
  constructor(
    private readonly code: string,
    private readonly sentence: string,
  ) {}

  /** Throws a 429 problem while others are drawn, and 422 for a picture that is refused. */
  async draw<Drawn>(work: () => Promise<Drawn>): Promise<Drawn> {
    if (this.underway >= MOST_AT_ONCE) {
      throw new Problem(429, this.code, this.sentence, { headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } });
    }
    this.underway += 1;
    try {
      return await work();
    } catch (error) {
      throw error instanceof RasterRefused ? new Problem(422, error.code, error.message) : error;
    } finally {
      this.underway -= 1;
    }
  }
}
