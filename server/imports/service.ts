import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { v7 as uuid } from 'uuid';
import type { ImportLayer, ImportOptions, ImportProfile, NewImportProfile } from '#contract/imports';
import type { Job } from '#contract/jobs';
import { appendAudit } from '../access/audit.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import type { Database, Queryable } from '../db/database.ts';
import { appError } from '../errors.ts';
import { getJobInput, registerJob, submitJob, type JobContext } from '../jobs/service.ts';
import { nameNode } from '../jobs/worker-name.ts';
import { layerNames } from './layer-names.ts';
import * as repository from './repository.ts';
import { importWork, type ImportInput } from './run-import.ts';
import { removeBrokenUploads, removeUpload, storeUpload, uploadPath } from './upload-store.ts';

export { listProfiles } from './repository.ts';

type Services = Pick<Context, 'db' | 'clock' | 'config'>;
type Actor = Pick<SessionUser, 'id' | 'username'> | null;

/** Uploads are kept a day, for a second run with another mapping. */
const UPLOAD_LIFE_MS = 24 * 3_600_000;

export function registerImports(): void {
  registerJob('import', (context, job, tools) =>
    importWork(({ uploadId }) => {
      const path = uploadPath(context.config.dataDir, uploadId);
      if (!existsSync(path)) throw appError('IMPORT_FILE_GONE', { upload: uploadId });
      return path;
    })(context, job, tools),
  );
}

/** Keeps an uploaded file and puts its import into the queue. @throws TOO_LARGE, DISK_FULL, NOT_FOUND (profile) */
export async function importUpload(
  services: Services,
  user: Actor,
  given: {
    stream: Readable;
    fileName: string;
    layer: ImportLayer;
    /** Known once the whole upload was read: a field of the form may follow the file. */
    options: () => ImportOptions;
    profile?: string | undefined;
  },
): Promise<Job> {
  const { db, clock, config } = services;
  const id = uuid();
  const fileName = basename(given.fileName.replaceAll('\\', '/')).slice(0, 200) || 'upload';
  try {
    const stored = await storeUpload(config.dataDir, id, given.stream);
    const options = await withProfile(db, given.options(), given.profile);
    const node = nameNode(config.dataDir);
    await repository.insertUpload(db, {
      id,
      fileName,
      ...stored,
      node,
      createdBy: user?.id ?? null,
      at: clock.now(),
    });
    return await submit(services, user, { uploadId: id, fileName, layer: given.layer, options }, node);
  } catch (error) {
    // Neither file nor row stays of an upload that nobody will import.
    await repository.deleteUploads(db, { node: nameNode(config.dataDir), before: new Date(0), ids: [id] });
    await removeUpload(config.dataDir, id);
    throw error;
  }
}

/** Runs the file of an earlier job again. @throws NOT_FOUND, IMPORT_FILE_GONE */
export async function runAgain(
  services: Services,
  user: SessionUser,
  jobId: string,
  options: ImportOptions,
): Promise<Job> {
  const { uploadId, fileName, layer } = (await getJobInput(services.db, jobId, 'import')) as ImportInput;
  const upload = await repository.findUpload(services.db, uploadId);
  if (!upload) throw appError('IMPORT_FILE_GONE', { upload: uploadId });
  return submit(services, user, { uploadId, fileName, layer, options }, upload.node);
}

function submit(services: Services, user: Actor, input: ImportInput, node: string): Promise<Job> {
  const { zh, en } = layerNames[input.layer];
  const dry = input.options.dryRun ? { zh: '试运行：', en: 'dry run: ' } : { zh: '', en: '' };
  return submitJob(services, user, {
    kind: 'import',
    title: {
      zh: `${dry.zh}导入${zh} ${input.fileName}`,
      en: `${dry.en}import ${en} from ${input.fileName}`,
    },
    input,
    node,
  });
}

/** What a profile says, under what the options say. @throws NOT_FOUND */
export async function withProfile(
  db: Queryable,
  options: ImportOptions,
  profile: string | undefined,
): Promise<ImportOptions> {
  if (profile === undefined) return options;
  const found = await repository.findProfile(db, profile);
  if (!found) throw appError('NOT_FOUND', { profile });
  const { mapping, datum } = found;
  return { mapping, ...(datum === undefined ? {} : { datum }), ...options };
}

/**
 * Clears what uploads left: files of jobs that were cut off, files older than a day, and files nobody knows of.
 */
export async function tidyUploads(
  { db, clock, config }: Pick<JobContext, 'db' | 'clock' | 'config'>,
  interrupted: readonly string[],
): Promise<void> {
  const node = nameNode(config.dataDir);
  const ids = interrupted.length > 0 ? await repository.listUploadsOfJobs(db, interrupted) : [];
  const before = new Date(clock.now().getTime() - UPLOAD_LIFE_MS);
  for (const id of await repository.deleteUploads(db, { node, before, ids }))
    await removeUpload(config.dataDir, id);
  await removeBrokenUploads(config.dataDir, new Set(await repository.listUploadIds(db, node)));
}

/** GeoJSON text. @throws NOT_FOUND */
export async function getPreview(db: Queryable, jobId: string): Promise<string> {
  await getJobInput(db, jobId, 'import');
  const preview = await repository.findPreview(db, jobId);
  if (preview === undefined) throw appError('NOT_FOUND', { preview: jobId });
  return preview;
}

/** @param id of the profile to change; absent: a new one. @throws NOT_FOUND, IMPORT_PROFILE_EXISTS */
export async function saveProfile(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  user: SessionUser,
  given: NewImportProfile,
  id?: string,
): Promise<ImportProfile> {
  if (id !== undefined && (await repository.findProfile(db, id))?.id !== id) {
    throw appError('NOT_FOUND', { profile: id });
  }
  const at = clock.now();
  const saved = await db.transaction(async (tx) => {
    const profile = await repository.saveProfile(tx, { ...given, id: id ?? uuid(), at, by: user.id });
    if (profile) await auditProfile(tx, user, 'save-import-profile', profile.name, at);
    return profile;
  });
  if (!saved) throw appError('IMPORT_PROFILE_EXISTS', { name: given.name });
  return saved;
}

/** @throws NOT_FOUND */
export async function deleteProfile(
  { db, clock }: { db: Database; clock: Services['clock'] },
  user: SessionUser,
  id: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await repository.deleteProfile(tx, id))) throw appError('NOT_FOUND', { profile: id });
    await auditProfile(tx, user, 'delete-import-profile', id, clock.now());
  });
}

function auditProfile(tx: Queryable, user: SessionUser, action: string, subject: string, at: Date) {
  return appendAudit(tx, { at, userId: user.id, username: user.username, action, subject });
}
