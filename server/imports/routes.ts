import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import {
  ImportLayer,
  ImportMapping,
  ImportOptions,
  ImportProfile,
  NewImportProfile,
  TargetField,
} from '#contract/imports';
import { Job } from '#contract/jobs';
import { List } from '#contract/shared';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { targetFields } from './prepare/target-fields.ts';
import {
  deleteProfile,
  getPreview,
  importUpload,
  listProfiles,
  registerImports,
  runAgain,
  saveProfile,
} from './service.ts';
import { UPLOAD_LIMIT_BYTES } from './upload-store.ts';

const ImportQuery = Type.Object(
  {
    layer: ImportLayer,
    /** A profile's name or id: mapping and datum under those given here. */
    profile: Type.Optional(Type.String({ maxLength: 80 })),
    ...Type.Omit(ImportOptions, ['mapping']).properties,
  },
  { additionalProperties: false },
);

const JobParams = Type.Object({ jobId: Type.String({ format: 'uuid' }) });
const ProfileParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const LayerFields = Type.Object({ layer: ImportLayer, fields: Type.Array(TargetField) });

/** Imports are the administrator's. */
export function importsRoutes(context: Context): FastifyPluginAsyncTypebox {
  registerImports();
  return async (app) => {
    app.post(
      '/imports',
      { schema: { querystring: ImportQuery, response: { 202: Job } } },
      async (request, reply) => {
        const user = requireRole(request);
        const { layer, profile, ...options } = request.query;
        const file = await readForm(request);
        const job = await importUpload(context, user, {
          stream: file.stream,
          fileName: file.fileName,
          layer,
          profile,
          options: () => ({ ...options, ...file.mapping() }),
        });
        return reply.code(202).send(job);
      },
    );

    app.post(
      '/imports/:jobId/run',
      { schema: { params: JobParams, body: ImportOptions, response: { 202: Job } } },
      async (request, reply) => {
        const user = requireRole(request);
        return reply.code(202).send(await runAgain(context, user, request.params.jobId, request.body));
      },
    );

    app.get('/imports/:jobId/preview.geojson', { schema: { params: JobParams } }, async (request, reply) => {
      requireRole(request);
      return reply
        .header('content-type', 'application/geo+json')
        .header('cache-control', 'no-store')
        .send(await getPreview(context.db, request.params.jobId));
    });

    app.get('/import-layers', { schema: { response: { 200: List(LayerFields) } } }, async (request) => {
      requireRole(request);
      return {
        items: ImportLayer.anyOf.map(({ const: layer }) => ({
          layer,
          fields: targetFields[layer].map(({ names: _, ...field }) => field),
        })),
      };
    });

    app.get('/import-profiles', { schema: { response: { 200: List(ImportProfile) } } }, async (request) => {
      requireRole(request);
      return { items: await listProfiles(context.db) };
    });

    app.post(
      '/import-profiles',
      { schema: { body: NewImportProfile, response: { 201: ImportProfile } } },
      async (request, reply) =>
        reply.code(201).send(await saveProfile(context, requireRole(request), request.body)),
    );

    app.put(
      '/import-profiles/:id',
      { schema: { params: ProfileParams, body: NewImportProfile, response: { 200: ImportProfile } } },
      (request) => saveProfile(context, requireRole(request), request.body, request.params.id),
    );

    app.delete('/import-profiles/:id', { schema: { params: ProfileParams } }, async (request, reply) => {
      await deleteProfile(context, requireRole(request), request.params.id);
      return reply.code(204).send();
    });
  };
}

/** The one file of the form, as a stream, and the JSON field `mapping`, before or after it. */
async function readForm(request: FastifyRequest) {
  if (!request.isMultipart()) throw appError('IMPORT_FILE_REQUIRED');
  const file = await request.file({
    limits: { fileSize: UPLOAD_LIMIT_BYTES, files: 1, fields: 4, fieldSize: 1024 * 1024 },
  });
  if (!file) throw appError('IMPORT_FILE_REQUIRED');
  return {
    stream: file.file,
    fileName: file.filename,
    mapping(): { mapping?: Static<typeof ImportMapping> } {
      const field = [file.fields.mapping].flat()[0];
      if (field?.type !== 'field') return {};
      const mapping: unknown = parse(field.value);
      if (!Value.Check(ImportMapping, mapping)) {
        throw appError('INVALID_INPUT', { problems: [{ path: '/mapping', message: 'is no mapping' }] });
      }
      return { mapping };
    },
  };
}

function parse(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    throw appError('BROKEN_JSON', { field: 'mapping' });
  }
}
