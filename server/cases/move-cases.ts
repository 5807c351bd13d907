import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import type { Queryable } from '../db/database.ts';
import { cellsMoved, type CellSet } from '../grid/cells-moved.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { roomsOfCase, toCaseSummary } from './case-record.ts';
import { findCase } from './repository.ts';

const WHOLE_DISTRICT: Scope = { kind: 'district', code: '' };

/**
 * Gives cases, open and closed, the cell they lie in after cells changed, and tells live screens of the open ones. The
 * place of a case and its log stay as they are.
 * @returns how many of them are open
 */
export async function moveCasesToCells(tx: Queryable, set: CellSet, now: Date): Promise<number> {
  const { rows } = await tx.query<{ id: string; community_code: string; subdistrict_code: string }>(sql`
    with moved as (${cellsMoved('cases', set)}),
    before as (
      select c.id, c.community_code, c.subdistrict_code, c.closed_at
      from cases c
      join moved m on m.key = c.id
    ),
    written as (
      update cases c
      set cell_code = m.cell_code, community_code = m.community_code, subdistrict_code = m.subdistrict_code,
        version = c.version + 1
      from moved m
      where c.id = m.key
      returning c.id
    )
    select b.id, b.community_code, b.subdistrict_code
    from before b
    join written w on w.id = b.id
    where b.closed_at is null`);
  for (const { id, community_code: communityCode, subdistrict_code: subdistrictCode } of rows) {
    const record = await findCase(tx, WHOLE_DISTRICT, id);
    if (!record) continue;
    await appendOutbox(tx, {
      at: now,
      kind: 'case',
      id,
      patch: toCaseSummary(record, now),
      roomsBefore: roomsOfCase({ ...record, communityCode, subdistrictCode }),
      roomsAfter: roomsOfCase(record),
    });
  }
  return rows.length;
}
