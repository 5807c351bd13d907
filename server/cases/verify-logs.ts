import type { Queryable } from '../db/database.ts';
import { verifyCaseLog } from './case-log.ts';
import { listCaseIds } from './log-repository.ts';

const PAGE = 500;

export interface BrokenLog {
  caseId: string;
  /** `changed at event 3`, `cut at event 5` */
  problem: string;
}

/** Walks the log of every case. */
export async function listBrokenLogs(db: Queryable): Promise<{ checked: number; broken: BrokenLog[] }> {
  const broken: BrokenLog[] = [];
  let checked = 0;
  let after: string | null = null;
  for (;;) {
    const ids = await listCaseIds(db, after, PAGE);
    for (const caseId of ids) {
      const verdict = await verifyCaseLog(db, caseId);
      if (!verdict.ok) broken.push({ caseId, problem: `${verdict.problem} at event ${verdict.n}` });
    }
    checked += ids.length;
    const last = ids.at(-1);
    if (last === undefined) return { checked, broken };
    after = last;
  }
}
