import { Type } from 'typebox';
import type { Database } from '../db/database.ts';
import { readTable } from '../sample/read-sample.ts';
import { countSuccessors, insertSuccessors } from './repository.ts';

/** A row of `data/dictionary/crosswalk-<from>-<to>.csv`. */
export const CrosswalkRow = Type.Object({
  from: Type.String(),
  to: Type.Optional(Type.String()),
  relation: Type.String(),
  reviewed: Type.Boolean(),
  basis: Type.String(),
  note: Type.Optional(Type.String()),
});

/** The shipped tables and the edition each leads to. The last has only what a way over 2013 would lose. */
export const CROSSWALKS = [
  { file: 'dictionary/crosswalk-2007-2013.csv', toEdition: 2013 },
  { file: 'dictionary/crosswalk-2013-2026.csv', toEdition: 2026 },
  { file: 'dictionary/crosswalk-2007-2026.csv', toEdition: 2026 },
] as const;

/** Writes the crosswalk once the classes are there; a second call, or one before them, changes nothing. */
export async function loadCrosswalk(db: Database): Promise<void> {
  const { successors, classes } = await countSuccessors(db);
  if (successors > 0 || classes === 0) return;
  const tables = await Promise.all(
    CROSSWALKS.map(async ({ file, toEdition }) => ({ toEdition, rows: await readTable(file, CrosswalkRow) })),
  );
  await db.transaction(async (tx) => {
    for (const { toEdition, rows } of tables) await insertSuccessors(tx, toEdition, rows);
  });
}
