import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { findContent } from './repository.ts';

const unpack = promisify(gunzip);

/** What a bulletin says, as the text its checksum is of. @throws BULLETIN_NOT_FOUND */
export async function readContent(db: Queryable, id: string): Promise<string> {
  const packed = await findContent(db, id);
  if (!packed) throw appError('BULLETIN_NOT_FOUND');
  return (await unpack(packed)).toString('utf8');
}
