import { createHash } from 'node:crypto';
import type { ClassEntry, ClassLimit } from '#contract/dictionary';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { versionOf } from '../settings/service.ts';
import { chooseLimit } from './choose-limit.ts';
import { listActiveClasses } from './repository.ts';

export interface Dictionary {
  classes: ClassEntry[];
  /** The list `{items}` as JSON text. */
  text: string;
  /** Of the text, quotes included. */
  etag: string;
}

const held = new WeakMap<Database, { version: string; dictionary: Dictionary }>();

/** The whole active dictionary, kept in memory until its version changes. */
export async function readDictionary(db: Database): Promise<Dictionary> {
  const version = await versionOf(db, 'dictionary');
  const known = held.get(db);
  if (known?.version === version) return known.dictionary;
  const classes = await listActiveClasses(db);
  const text = JSON.stringify({ items: classes });
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const dictionary = { classes, text, etag };
  held.set(db, { version, dictionary });
  return dictionary;
}

/** A class of the active dictionary with its limits. @throws UNKNOWN_CLASS */
export async function findClass(db: Queryable, id: string): Promise<ClassEntry> {
  const [entry] = await listActiveClasses(db, id);
  if (!entry) throw appError('UNKNOWN_CLASS', { class: id });
  return entry;
}

/**
 * The limit of a class: the condition asked for (id of a class limit), else the one `chooseLimit` takes.
 * @throws UNKNOWN_CLASS, UNKNOWN_CONDITION when the class has no such condition, CLASS_WITHOUT_LIMIT
 */
export async function findLimit(
  db: Queryable,
  classId: string,
  wanted: { condition?: number; place?: string } = {},
): Promise<ClassLimit> {
  return limitOf(await findClass(db, classId), wanted);
}

/** `findLimit` for a class already at hand. @throws UNKNOWN_CONDITION, CLASS_WITHOUT_LIMIT */
export function limitOf(entry: ClassEntry, wanted: { condition?: number; place?: string }): ClassLimit {
  if (wanted.condition !== undefined) {
    const limit = entry.limits.find(({ id }) => id === wanted.condition);
    if (!limit) throw appError('UNKNOWN_CONDITION', { class: entry.id, condition: wanted.condition });
    return limit;
  }
  const limit = chooseLimit(entry.limits, wanted.place);
  if (!limit) throw appError('CLASS_WITHOUT_LIMIT', { class: entry.id });
  return limit;
}
