import { pinyin } from 'pinyin-pro';
import type { ClassEdit, ClassEntry } from '#contract/dictionary';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { differences, type Undo } from '../history/service.ts';
import { keepRuleChanges, keepRuleUndos } from './keep-rule-changes.ts';
import * as repository from './repository.ts';
import { ruleDayOf } from './rule-day.ts';
import { lockClasses, updateClasses, type StoredClass } from './write-repository.ts';

/** What of a class may change: ids and codes are the standard's. */
export function editable({ name, stance, pinyin: initials }: StoredClass) {
  return { name, stance, pinyin: initials };
}

/** Initials of a Chinese name, lower case, to type: 雨水井盖 → ysjg. */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Other names or another stance; of any edition. @throws UNKNOWN_CLASS */
export async function editClass(
  { db, clock }: Context,
  user: SessionUser,
  id: string,
  { reason, ...edit }: ClassEdit,
): Promise<ClassEntry> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const [before] = await lockClasses(tx, id);
    if (!before) throw appError('UNKNOWN_CLASS', { class: id });
    const renamed = edit.name !== undefined && edit.name.zh !== before.name.zh;
    const after: StoredClass = {
      ...before,
      ...edit,
      ...(renamed && edit.name ? { pinyin: initialsOf(edit.name.zh) } : {}),
    };
    const changed = differences(editable(before), editable(after));
    if (changed) {
      await updateClasses(tx, [after]);
      await keepRuleChanges(tx, { user, at, reason, action: 'edit-class' }, [
        { subject: 'class', code: id, action: 'edit', ...changed },
      ]);
    }
    const [entry] = await repository.listClasses(tx, { id, edition: before.edition, on: ruleDayOf(at) });
    if (!entry) throw appError('UNKNOWN_CLASS', { class: id });
    return entry;
  });
}

/** Puts the names and the stance of a class back. A class that came with a table stays: its set is not in force. */
export const undoClass: Undo = async (tx, change, how) => {
  const [now] = await lockClasses(tx, change.code);
  if (!now || change.action !== 'edit' || !change.before) {
    throw appError('NOT_UNDOABLE', { subject: change.subject, action: change.action });
  }
  const after = { ...now, ...change.before };
  await updateClasses(tx, [after]);
  await keepRuleUndos(tx, how, [{ change, ...differences(editable(now), editable(after)) }]);
};
