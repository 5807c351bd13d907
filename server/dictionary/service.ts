import { createHash } from 'node:crypto';
import type { ClassEntry, ClassLimit, Kind } from '#contract/dictionary';
import type { CalendarDay } from '../clock/calendar-day.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { versionOf } from '../settings/service.ts';
import { chooseLimit } from './choose-limit.ts';
import * as repository from './repository.ts';
import { ruleDayOf } from './rule-day.ts';

export { listClassSets, listKinds, listLimits } from './repository.ts';

export interface Dictionary {
  classes: ClassEntry[];
  /** The list `{items}` as JSON text. */
  text: string;
  /** Of the text, quotes included. */
  etag: string;
}

interface Held {
  /** Version of the dictionary and the day: a limit may start or end at midnight without a change. */
  key: string;
  byEdition: Map<number | undefined, Dictionary>;
}

const held = new WeakMap<Database, Held>();

/** The whole dictionary of an edition (default: the active one) as of the day, kept in memory until that changes. */
export async function readDictionary(db: Database, on: CalendarDay, edition?: number): Promise<Dictionary> {
  const key = `${await versionOf(db, 'dictionary')} ${on}`;
  const known = held.get(db);
  const found = known?.key === key ? known.byEdition.get(edition) : undefined;
  if (found) return found;
  const classes = await repository.listClasses(db, { on, edition });
  const text = JSON.stringify({ items: classes });
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const dictionary = { classes, text, etag };
  const byEdition = known?.key === key ? known.byEdition : new Map<number | undefined, Dictionary>();
  held.set(db, { key, byEdition: byEdition.set(edition, dictionary) });
  return dictionary;
}

/** A class of the active dictionary with the limits that hold at the instant. @throws UNKNOWN_CLASS */
export async function findClass(db: Queryable, id: string, at: Date): Promise<ClassEntry> {
  const [entry] = await repository.listClasses(db, { id, on: ruleDayOf(at) });
  if (!entry) throw appError('UNKNOWN_CLASS', { class: id });
  return entry;
}

/** What a class of any edition is. @throws UNKNOWN_CLASS */
export async function findAnyClass(db: Queryable, id: string): Promise<{ id: string; kind: Kind }> {
  const kind = await repository.findKind(db, id);
  if (!kind) throw appError('UNKNOWN_CLASS', { class: id });
  return { id, kind };
}

/**
 * The limit of a class at an instant: the condition asked for (id of a class limit, or what has taken its place since),
 * else the one `chooseLimit` takes.
 * @throws UNKNOWN_CLASS, UNKNOWN_CONDITION when the class has no such condition, CLASS_WITHOUT_LIMIT
 */
export async function findLimit(
  db: Queryable,
  classId: string,
  at: Date,
  wanted: WantedLimit = {},
): Promise<ClassLimit> {
  return limitOf(db, await findClass(db, classId, at), at, wanted);
}

export interface WantedLimit {
  condition?: number | undefined;
  place?: string | undefined;
}

/** `findLimit` for a class already at hand. @throws UNKNOWN_CONDITION, CLASS_WITHOUT_LIMIT */
export async function limitOf(
  db: Queryable,
  entry: ClassEntry,
  at: Date,
  { condition, place }: WantedLimit,
): Promise<ClassLimit> {
  if (condition !== undefined) {
    const named = (id: number | undefined) => entry.limits.find((limit) => limit.id === id);
    const limit = named(condition) ?? named(await repository.findSuccessor(db, condition, ruleDayOf(at)));
    if (!limit) throw appError('UNKNOWN_CONDITION', { class: entry.id, condition });
    return limit;
  }
  const limit = chooseLimit(entry.limits, place);
  if (!limit) throw appError('CLASS_WITHOUT_LIMIT', { class: entry.id });
  return limit;
}
