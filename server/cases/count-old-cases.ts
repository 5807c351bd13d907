import type { Scope } from '#contract/access';
import type { Database } from '../db/database.ts';
import type { CaseFacts } from '../evaluation/case-facts.ts';
import { factsOfFile } from './case-facts.ts';
import { listUncounted, saveFacts } from './facts-repository.ts';
import { listEvents } from './log-repository.ts';
import { openCase } from './open-case.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };
const PAGE = 200;

/**
 * Counts the cases that were written before there was an evaluation, from their rows and clocks. A case that came
 * closed from an earlier system is not ours to judge and stays uncounted.
 */
export async function countOldCases(db: Database, log: (line: string) => void): Promise<void> {
  for (let counted = 0; ; counted += PAGE) {
    const ids = await listUncounted(db, PAGE);
    if (ids.length === 0) return;
    if (counted === 0) log('统计已有案件 / counting the cases that are there');
    const facts: CaseFacts[] = [];
    for (const id of ids) {
      const { file } = await openCase(db, WHOLE_DISTRICT, id);
      facts.push(factsOfFile({ ...file, events: await listEvents(db, id) }));
    }
    await db.transaction((tx) => saveFacts(tx, facts));
  }
}
