import { v7 as uuid, validate } from 'uuid';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import type { FileStore } from '../files/file-store.ts';
import { readImageHeader, type ImageType } from './read-image.ts';
import { findVisibleAttachment, insertAttachment, listOwnPhotos, type AttachmentRow } from './repository.ts';

export { insertAttachment, type AttachmentRow } from './repository.ts';

/** Bytes that lie in the file store already, to be named by a row in some transaction. */
export async function keepFile(
  files: FileStore,
  bytes: Uint8Array,
  given: Pick<AttachmentRow, 'mediaType' | 'purpose' | 'createdBy' | 'createdAt'>,
): Promise<AttachmentRow> {
  return { id: uuid(), sha256: await files.put(bytes), sizeBytes: bytes.byteLength, ...given };
}

/** @throws NOT_AN_IMAGE unless the bytes are a picture of one of these types */
export function requireImage(bytes: Uint8Array, ...types: ImageType[]): ImageType {
  const header = readImageHeader(bytes);
  if (!header || (types.length > 0 && !types.includes(header.mediaType))) throw appError('NOT_AN_IMAGE');
  return header.mediaType;
}

/** Keeps an uploaded photo. @throws NOT_AN_IMAGE */
export async function addPhoto(
  { db, files, clock }: Context,
  user: SessionUser,
  bytes: Uint8Array,
): Promise<{ id: string }> {
  const mediaType = requireImage(bytes);
  const row = await keepFile(files, bytes, {
    mediaType,
    purpose: 'photo',
    createdBy: user.id,
    createdAt: clock.now(),
  });
  await insertAttachment(db, row);
  return { id: row.id };
}

/** @throws ATTACHMENT_NOT_FOUND, also for what this person may not see */
export async function getAttachment({ db }: Context, user: SessionUser, id: string) {
  const found = validate(id) ? await findVisibleAttachment(db, user, id) : undefined;
  if (!found) throw appError('ATTACHMENT_NOT_FOUND', { attachmentId: id });
  return found;
}

/** @throws ATTACHMENT_NOT_FOUND unless this person uploaded every one of these photos */
export async function requireOwnPhotos(db: Queryable, userId: string, ids: readonly string[]): Promise<void> {
  const own = await listOwnPhotos(db, userId, ids);
  const missing = ids.find((id) => !own.includes(id.toLowerCase()));
  if (missing !== undefined) throw appError('ATTACHMENT_NOT_FOUND', { attachmentId: missing });
}
