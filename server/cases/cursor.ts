import { validate } from 'uuid';
import { appError } from '../errors.ts';
import type { CaseRecord } from './case-record.ts';
import { instantInOrder, type CaseCursor, type CaseOrder } from './repository.ts';

/** `next` of a list ordered by an instant and an id; an empty instant is a row that has none. */
export function writeCursor(instant: string, id: string): string {
  return Buffer.from(`${instant}|${id}`).toString('base64url');
}

/** @throws INVALID_INPUT for anything that `writeCursor` did not write */
export function readCursor(text: string): { key: string | null; id: string } {
  const [key = '', id = ''] = Buffer.from(text, 'base64url').toString().split('|');
  if (!validate(id) || (key !== '' && Number.isNaN(Date.parse(key)))) {
    throw appError('INVALID_INPUT', {
      problems: [{ path: '/after', message: 'must be the next of a page before' }],
    });
  }
  return { key: key === '' ? null : key, id };
}

/** Where a list of cases ended. */
export function writeDueCursor(record: CaseRecord, order: CaseOrder = 'due'): string {
  return writeCursor(instantInOrder(record, order)?.toISOString() ?? '', record.id);
}

/** @throws INVALID_INPUT for anything that `writeDueCursor` did not write */
export function readDueCursor(text: string): CaseCursor {
  const { key, id } = readCursor(text);
  return { at: key === null ? null : new Date(key), id };
}
