import type { PartPatch } from '#contract/parts';
import type { RegisterChange } from '#contract/history';
import type { Queryable } from '../db/database.ts';
import { differences, recordChanges, type ChangeToRecord } from '../history/service.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import { renewVersions } from '../settings/service.ts';
import { describePart, roomsOfPart, type PartChange, type PartRecord } from './part-record.ts';
import { updateParts } from './write-repository.ts';

/** Up to so many changes are told one by one; of more the map is told to ask again. */
const TOLD_ONE_BY_ONE = 200;

export interface How {
  batch: string;
  at: Date;
  /** The civil day of `at`. */
  day: string;
  actor: { id: string | null; name: string };
  reason?: string | undefined;
}

/** The changed part, one version on. */
export function changed(before: PartRecord, fields: Partial<PartRecord>, day: string): PartChange {
  return { before, after: { ...before, ...fields, version: before.version + 1, changedDate: day } };
}

/** Nothing of it differs but the version. */
export function isUnchanged({ before, after }: PartChange): boolean {
  return before !== undefined && differences(describePart(before), describePart(after)) === undefined;
}

/** Writes changes of parts that are there: rows, history, what open maps hear, and the versions of answers. */
export async function saveChanges(
  tx: Queryable,
  changes: readonly PartChange[],
  how: How,
  actionOf: (change: PartChange) => RegisterChange['action'],
): Promise<void> {
  if (changes.length === 0) return;
  await updateParts(
    tx,
    changes.map(({ after }) => after),
    how.at,
  );
  await recordPartChanges(tx, changes, how, actionOf);
  await announceChanges(tx, changes, how.at);
}

export async function recordPartChanges(
  tx: Queryable,
  changes: readonly PartChange[],
  { batch, at, actor, reason }: How,
  actionOf: (change: PartChange) => RegisterChange['action'],
): Promise<void> {
  await recordChanges(
    tx,
    changes.map((change): ChangeToRecord => {
      const after = describePart(change.after);
      const differing = change.before ? differences(describePart(change.before), after) : { after };
      return {
        batch,
        subject: 'part',
        code: change.after.code,
        at,
        actor,
        action: actionOf(change),
        reason,
        ...differing,
      };
    }),
  );
}

export async function announceChanges(
  tx: Queryable,
  changes: readonly PartChange[],
  at: Date,
): Promise<void> {
  if (changes.length > TOLD_ONE_BY_ONE) {
    const sides = changes.flatMap(({ before, after }) => (before ? [before, after] : [after]));
    const patch: PartPatch = { reload: true };
    await appendOutbox(tx, {
      at,
      kind: 'part',
      id: '*',
      patch,
      roomsBefore: [],
      roomsAfter: [...new Set(sides.flatMap(roomsOfPart))],
    });
  } else {
    for (const { before, after } of changes) {
      const { classId, position, state, version } = after;
      const patch: PartPatch = { class: classId, position, state, version };
      await appendOutbox(tx, {
        at,
        kind: 'part',
        id: after.code,
        patch,
        roomsBefore: before ? roomsOfPart(before) : [],
        roomsAfter: roomsOfPart(after),
      });
    }
  }
  await renewVersions(tx, 'parts');
}
