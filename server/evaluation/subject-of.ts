import type { SubjectKind } from '#contract/evaluation';
import { dayOf } from '#clock/calendar-day';
import type { Queryable } from '../db/database.ts';
import type { CaseFacts } from './case-facts.ts';
import { listCollectors, listHeadsOfCells } from './subject-repository.ts';

/** What a case is counted under, in plain code: the same as `subjectSql`. */
export async function subjectOf(
  db: Queryable,
  by: SubjectKind,
  timeZone: string,
): Promise<(facts: CaseFacts) => string | null> {
  switch (by) {
    case 'district':
      return ({ subdistrictCode }) => subdistrictCode.slice(0, 6);
    case 'unit':
      return ({ unitCode }) => unitCode;
    case 'subdistrict':
      return ({ subdistrictCode }) => subdistrictCode;
    case 'community':
      return ({ communityCode }) => communityCode;
    case 'cell':
      return ({ cellCode }) => cellCode;
    case 'channel':
      return ({ channel }) => channel;
    case 'class':
      return ({ classId }) => classId;
    case 'collector': {
      const collectors = await listCollectors(db);
      return ({ reporterId }) => (reporterId !== null && collectors.has(reporterId) ? reporterId : null);
    }
    case 'grid-head':
    case 'courtyard-head': {
      const heads = new Map<string, Awaited<ReturnType<typeof listHeadsOfCells>>>();
      for (const one of await listHeadsOfCells(db, by))
        heads.set(one.cellCode, [...(heads.get(one.cellCode) ?? []), one]);
      return ({ cellCode, dueAt }) => {
        if (dueAt === null) return null;
        const day = dayOf(dueAt.getTime(), timeZone);
        const head = heads.get(cellCode)?.find(({ from, to }) => from <= day && (to === null || to > day));
        return head?.headId ?? null;
      };
    }
  }
}
