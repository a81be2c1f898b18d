import { heartbeat } from '@temporalio/activity';
import pMap from 'p-map';
import { Failure } from '../../temporal/contract/failures';

const REPORTS_AT_ONCE = 16;

/** The reports of all pieces, in order. Throws `PlanInvalid` with the sentence `missing` when one is not there. */
export async function loadPieces<Report>(
  count: number,
  load: (pieceIndex: number) => Promise<Report | null>,
  missing: string,
): Promise<Report[]> {
  const indexes = Array.from({ length: count }, (_, pieceIndex) => pieceIndex);
  const loadOne = async (pieceIndex: number) => {
    heartbeat();
    const report = await load(pieceIndex);
    if (!report) throw new Failure('PlanInvalid', missing);
    return report;
  };
  return pMap(indexes, loadOne, { concurrency: REPORTS_AT_ONCE });
}
