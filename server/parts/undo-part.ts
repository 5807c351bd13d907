import type { RegisterChange } from '#contract/history';
import type { PartState, Steward } from '#contract/parts';
import { dayOf } from '#clock/calendar-day';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { recordChanges, type Undo, type UndoHow } from '../history/service.ts';
import { placePart } from './edit-parts.ts';
import { givenFields, type PartChange, type PartRecord } from './part-record.ts';
import { changed, isUnchanged, saveChanges } from './save-changes.ts';
import { deletePhoto, insertPhoto, lockParts } from './write-repository.ts';

const EVERYTHING = { kind: 'district', code: '' } as const;
const TIME_ZONE = 'Asia/Shanghai';

/** What the history keeps of the fields that changed. */
type Kept = Partial<{
  geometry: { coordinates: [lon: number, lat: number] };
  state: PartState;
  authority: Steward;
  owner: Steward | null;
  maintainer: Steward | null;
  maintenanceUntil: string | null;
  source: string | null;
  note: string | null;
  photo: string;
}>;

/** Puts changes of parts back, thousands in one go: they were made in one. */
async function undoParts(tx: Queryable, undone: readonly RegisterChange[], how: UndoHow): Promise<void> {
  const imported = undone.find(({ action }) => action === 'import');
  if (imported) throw appError('NOT_UNDOABLE', { subject: imported.subject, action: imported.action });
  for (const change of undone.filter(({ action }) => action === 'photo')) await undoPhoto(tx, change, how);

  const rows = undone.filter(({ action }) => action !== 'photo');
  const day = dayOf(how.at.getTime(), TIME_ZONE);
  const parts = await lockParts(tx, EVERYTHING, { codes: rows.map(({ code }) => code) });
  const byCode = new Map(parts.map((part) => [part.code, part]));
  const earlier = new Map<string, Partial<PartRecord>>();
  // The last change comes first, so that what the first one found is what stands in the end.
  for (const change of rows) {
    earlier.set(change.code, { ...earlier.get(change.code), ...(await fieldsBefore(tx, change)) });
  }
  const changes: PartChange[] = parts
    .map((part) => changed(part, earlier.get(part.code) ?? {}, day))
    .filter((change) => !isUnchanged(change));
  const missing = rows.find(({ code }) => !byCode.has(code));
  if (missing) throw appError('NOT_FOUND', { part: missing.code });
  await saveChanges(tx, changes, { ...how, day }, () => 'undo');
}

/** What was added is not deleted: cases may name it already. It is removed. */
async function fieldsBefore(
  tx: Queryable,
  { action, before = {} }: RegisterChange,
): Promise<Partial<PartRecord>> {
  if (action === 'add') return { state: 'removed' };
  const { geometry, ...fields } = before as Kept;
  if (geometry === undefined) return givenFields(fields);
  const [lon, lat] = geometry.coordinates;
  return { ...givenFields(fields), ...(await placePart(tx, EVERYTHING, { lon, lat })) };
}

async function undoPhoto(
  tx: Queryable,
  { code, before, after }: RegisterChange,
  { batch, at, actor }: UndoHow,
): Promise<void> {
  const added = (after as Kept | undefined)?.photo;
  const removed = (before as Kept | undefined)?.photo;
  if (added !== undefined) await deletePhoto(tx, code, added);
  if (removed !== undefined) {
    await insertPhoto(tx, { partCode: code, attachmentId: removed, at, by: actor.id });
  }
  await recordChanges(tx, [
    { batch, subject: 'part', code, at, actor, action: 'undo', before: after, after: before },
  ]);
}

export const undoPart: Undo = Object.assign(
  (tx: Queryable, change: RegisterChange, how: UndoHow) => undoParts(tx, [change], how),
  { many: undoParts },
);
