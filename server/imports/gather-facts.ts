import { listTranslations } from '../codes/service.ts';
import type { Queryable } from '../db/database.ts';
import type { ImportFacts } from './prepared-rows.ts';
import { readFacts } from './repository.ts';

/** What reading a file must know of the register; classes of earlier editions with what they became, where it is one. */
export async function gatherFacts(db: Queryable, today: string): Promise<ImportFacts> {
  const facts = await readFacts(db, today);
  const became = await listTranslations(db);
  return {
    ...facts,
    classes: facts.classes.map((one) => {
      const now = became.get(one.id);
      return now === undefined ? one : { ...one, became: now };
    }),
  };
}
