import type { Part } from '#contract/parts';
import { requireOwnPhotos } from '../attachments/service.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { recordChanges } from '../history/service.ts';
import { auditChange, write, type Call, type EditContext } from './edit-parts.ts';
import type { How } from './save-changes.ts';
import { getPart } from './service.ts';
import { countPhotos, deletePhoto, insertPhoto, lockParts } from './write-repository.ts';

const MOST_PHOTOS = 20;

/**
 * Adds a photo that this person uploaded before. Again is no error.
 * @throws NOT_FOUND, ATTACHMENT_NOT_FOUND, TOO_MANY_PHOTOS
 */
export function addPartPhoto(
  context: EditContext,
  call: Call,
  code: string,
  attachmentId: string,
): Promise<Part> {
  return write(context, call, async (tx, how) => {
    const part = await requireLocked(tx, call, code);
    await requireOwnPhotos(tx, call.user.id, [attachmentId]);
    const photo = { partCode: part, attachmentId, at: how.at, by: call.user.id };
    if (await insertPhoto(tx, photo)) {
      if ((await countPhotos(tx, part)) > MOST_PHOTOS)
        throw appError('TOO_MANY_PHOTOS', { most: MOST_PHOTOS });
      await record(tx, call, how, { code: part, after: { photo: attachmentId } });
    }
    return getPart(tx, call.user.scope, part);
  });
}

/** Takes a photo off a part; the picture itself stays, the history names it. @throws NOT_FOUND */
export function removePartPhoto(
  context: EditContext,
  call: Call,
  code: string,
  attachmentId: string,
): Promise<Part> {
  return write(context, call, async (tx, how) => {
    const part = await requireLocked(tx, call, code);
    if (!(await deletePhoto(tx, part, attachmentId))) throw appError('NOT_FOUND', { photo: attachmentId });
    await record(tx, call, how, { code: part, before: { photo: attachmentId } });
    return getPart(tx, call.user.scope, part);
  });
}

async function requireLocked(tx: Queryable, { user }: Call, code: string): Promise<string> {
  const [part] = await lockParts(tx, user.scope, { codes: [code] });
  if (!part) throw appError('NOT_FOUND', { part: code });
  return part.code;
}

async function record(
  tx: Queryable,
  call: Call,
  { batch, at, actor }: Omit<How, 'reason'>,
  photo: { code: string; before?: { photo: string }; after?: { photo: string } },
): Promise<void> {
  await recordChanges(tx, [{ batch, subject: 'part', at, actor, action: 'photo', ...photo }]);
  await auditChange(tx, call, at, {
    action: photo.after ? 'add-part-photo' : 'remove-part-photo',
    subject: photo.code,
    details: { ...photo.before, ...photo.after },
  });
}
