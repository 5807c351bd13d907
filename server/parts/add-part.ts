import type { NewPart, Part, Steward } from '#contract/parts';
import { parseClassId, type ClassDigits } from '../codes/class-id.ts';
import { makeEventCode, makePartCode, MOST_PARTS } from '../codes/field-codes.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { auditChange, placePart, write, type Call, type EditContext } from './edit-parts.ts';
import type { PartRecord } from './part-record.ts';
import { announceChanges, recordPartChanges } from './save-changes.ts';
import { getPart } from './service.ts';
import {
  findFreeSequence,
  findUsualAuthority,
  hasClass,
  insertPart,
  lockLastSequence,
} from './write-repository.ts';

/**
 * Puts a part into the register. Without a code it gets the next one of its district and class; without an authority
 * that of most parts of its class.
 * @throws UNKNOWN_CLASS, POSITION_OUTSIDE_DISTRICT, PART_CODE_WRONG, PART_CODE_TAKEN, PART_CODES_USED_UP,
 *   PART_AUTHORITY_REQUIRED
 */
export function addPart(context: EditContext, call: Call, given: NewPart): Promise<Part> {
  const { scope } = call.user;
  return write(context, call, async (tx, how) => {
    const digits = await readPartClass(tx, given.class);
    const place = await placePart(tx, scope, given.position);
    const district = place.cellCode.slice(0, 6);
    const part: PartRecord = {
      code:
        given.code === undefined
          ? await nextCode(tx, district, digits)
          : requireCode(given.code, district, digits),
      classId: given.class,
      ...place,
      authority: given.authority ?? (await usualAuthority(tx, given.class)),
      owner: given.owner ?? null,
      maintainer: given.maintainer ?? null,
      maintenanceUntil: given.maintenanceUntil ?? null,
      state: given.state ?? 'intact',
      initialDate: given.initialDate ?? how.day,
      changedDate: null,
      source: given.source ?? null,
      note: given.note ?? null,
      version: 1,
    };
    if (!(await insertPart(tx, part, how.at))) throw appError('PART_CODE_TAKEN', { code: part.code });
    await recordPartChanges(tx, [{ after: part }], how, () => 'add');
    await announceChanges(tx, [{ after: part }], how.at);
    await auditChange(tx, call, how.at, {
      action: 'add-part',
      subject: part.code,
      details: { batch: how.batch },
    });
    return getPart(tx, scope, part.code);
  });
}

/** @throws UNKNOWN_CLASS unless it is a class of parts */
async function readPartClass(tx: Queryable, classId: string): Promise<ClassDigits> {
  const digits = parseClassId(classId);
  if (digits?.kind !== 'part' || !(await hasClass(tx, classId))) {
    throw appError('UNKNOWN_CLASS', { class: classId });
  }
  return digits;
}

/** @throws PART_CODE_WRONG unless the code is of the district and the class */
function requireCode(code: string, district: string, digits: ClassDigits): string {
  const prefix = makeEventCode(district, digits);
  const isRight = code.startsWith(prefix) && /^[0-9]{6}$/.test(code.slice(prefix.length));
  if (!isRight) throw appError('PART_CODE_WRONG', { code, expected: `${prefix}······` });
  return code;
}

/** @throws PART_CODES_USED_UP */
async function nextCode(tx: Queryable, district: string, digits: ClassDigits): Promise<string> {
  const prefix = makeEventCode(district, digits);
  const next = (await lockLastSequence(tx, prefix)) + 1;
  const sequence = next <= MOST_PARTS ? next : await findFreeSequence(tx, prefix);
  if (sequence === undefined) throw appError('PART_CODES_USED_UP', { prefix });
  return makePartCode(district, digits, sequence);
}

/** @throws PART_AUTHORITY_REQUIRED when no part of the class is there to go by */
async function usualAuthority(tx: Queryable, classId: string): Promise<Steward> {
  const authority = await findUsualAuthority(tx, classId);
  if (!authority) throw appError('PART_AUTHORITY_REQUIRED', { class: classId });
  return authority;
}
