import { Type } from 'typebox';
import { HeadRole } from '#contract/grid';
import type { Queryable } from '../db/database.ts';
import { insertHeadCells, insertHeads } from '../heads/service.ts';
import { readTable } from './read-sample.ts';

const HeadRow = Type.Object({
  id: Type.String(),
  role: HeadRole,
  name_zh: Type.String(),
  name_en: Type.String(),
  phone: Type.String(),
  community: Type.String(),
  /** Sequences of cells inside the community, apart by spaces. */
  cells: Type.String(),
  basis: Type.Literal('invented'),
});

/** Since when the invented heads hold office. */
const FROM = '2026-01-01';

/** The invented heads of the sample district with their cells. */
export async function addSampleHeads() {
  const heads = await readTable('heads.csv', HeadRow);
  return {
    count: heads.length,
    async insert(tx: Queryable, from: number, to: number) {
      const batch = heads.slice(from, to);
      await insertHeads(
        tx,
        batch.map((head) => ({
          id: head.id,
          name: { zh: head.name_zh, en: head.name_en },
          role: head.role,
          phone: head.phone,
          communityCode: head.community,
          from: FROM,
          invented: true,
        })),
      );
      await insertHeadCells(
        tx,
        batch.flatMap(({ id, community, cells }) =>
          cells.split(' ').map((sequence) => ({ headId: id, cellCode: community + sequence })),
        ),
        FROM,
      );
    },
  };
}
