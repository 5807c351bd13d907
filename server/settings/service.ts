import { randomUUID } from 'node:crypto';
import type { Queryable } from '../db/database.ts';
import * as repository from './repository.ts';

/** Things whose answers are kept by version: the layers of the map, and the dictionary. */
export type Versioned =
  | 'divisions'
  | 'cells'
  | 'parts'
  | 'cameras'
  | 'coverage'
  | 'buildings'
  | 'roads'
  | 'surfaces'
  | 'dictionary';

/**
 * Says that something changed, in the transaction that changes it: every answer made from the earlier version is
 * then made anew. A version is random, so that a database made anew never repeats the versions of the old one.
 */
export async function renewVersions(tx: Queryable, ...things: Versioned[]): Promise<void> {
  for (const thing of things) await repository.saveSetting(tx, `version:${thing}`, randomUUID());
}

/** The version of a thing, to be asked for every time: other nodes change it too. */
export async function versionOf(db: Queryable, thing: Versioned): Promise<string> {
  const version = await repository.findSetting(db, `version:${thing}`);
  return typeof version === 'string' ? version : 'none';
}

export { claimSetting, findSetting, lockSetting, saveSetting } from './repository.ts';
