import { DAY_MS } from '../../temporal/contract/units';
import type { EncoderVerdict } from '../../temporal/contract/media/hardware';
import { database, type Database } from './database';

/** Workers try their encoders every few minutes, so an older row is of a process that is gone. */
const KEPT_MS = DAY_MS;
/** A record removes a few old rows, so that they never pile up. */
const REMOVED_AT_ONCE = 10;

/** Reads and writes `worker_encoders`. All methods throw `DatabaseUnavailable`. */
export class WorkerEncodersRepository {
  constructor(private readonly db: Database) {}

  /** Notes what the encoders of a worker process can do now. */
  async record(workerId: string, verdicts: readonly EncoderVerdict[]): Promise<void> {
    const row = { encoders: JSON.stringify(verdicts), checkedAt: new Date() };
    await database(() =>
      this.db
        .insertInto('workerEncoders')
        .values({ workerId, ...row })
        .onDuplicateKeyUpdate(row)
        .execute(),
    );
    const before = new Date(Date.now() - KEPT_MS);
    await database(() => this.db.deleteFrom('workerEncoders').where('checkedAt', '<', before).limit(REMOVED_AT_ONCE).execute());
  }

  /** What the encoders of these workers can do, by worker; one that has tried none is left out. */
  async of(workerIds: readonly string[]): Promise<Map<string, EncoderVerdict[]>> {
    if (workerIds.length === 0) return new Map();
    const rows = await database(() =>
      this.db
        .selectFrom('workerEncoders')
        .selectAll()
        .where('workerId', 'in', [...workerIds])
        .execute(),
    );
    return new Map(rows.map(({ workerId, encoders }) => [workerId, JSON.parse(encoders) as EncoderVerdict[]]));
  }
}
