import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { addPhoto, getAttachment } from './service.ts';

const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024;

/** Photos: uploaded first, then named by the action they belong to. */
export function attachmentsRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addContentTypeParser(
      /^image\//,
      { parseAs: 'buffer', bodyLimit: PHOTO_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    );

    app.post(
      '/attachments',
      {
        bodyLimit: PHOTO_LIMIT_BYTES + 64 * 1024,
        schema: { response: { 201: Type.Object({ id: Type.String() }) } },
      },
      async (request, reply) => {
        const user = requireRole(
          request,
          'unit-clerk',
          'collector',
          'operator',
          'intake-clerk',
          'dispatcher',
          'supervisor',
          'hotline',
          'area-head',
        );
        return reply.code(201).send(await addPhoto(context, user, await readUpload(request)));
      },
    );

    app.get(
      '/attachments/:id',
      { schema: { params: Type.Object({ id: Type.String({ maxLength: 64 }) }) } },
      async (request, reply) => {
        const { sha256, mediaType, sizeBytes } = await getAttachment(
          context,
          requireUser(request),
          request.params.id,
        );
        return reply
          .header('content-type', mediaType)
          .header('content-length', sizeBytes)
          .header('content-disposition', 'inline')
          .header('cache-control', 'private, max-age=86400, immutable')
          .send(context.files.stream(sha256));
      },
    );
  };
}

/** The bytes of a raw `image/*` body or of the one file of a multipart body. */
async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) return request.body;
  if (!request.isMultipart()) throw appError('NOT_AN_IMAGE');
  const file = await request.file();
  if (!file) throw appError('NOT_AN_IMAGE');
  return file.toBuffer();
}
