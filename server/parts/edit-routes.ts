import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { NewPart, Part, PartEdit, PartRetirement, StateChange, StateChanged } from '#contract/parts';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { addPart } from './add-part.ts';
import { changeStates, editPart, retirePart, type Call } from './edit-parts.ts';
import { addPartPhoto, removePartPhoto } from './part-photos.ts';

const PartCode = Type.Object({ code: Type.String({ maxLength: 17 }) });
const Attachment = Type.Object(
  { attachmentId: Type.String({ format: 'uuid' }) },
  { additionalProperties: false },
);

/** Changing parts: administrators and supervisors, within their scope. */
export function editRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.post(
      '/parts',
      { schema: { headers: idempotencyHeaders, body: NewPart, response: { 201: Part } } },
      async (request, reply) =>
        reply.code(201).send(await addPart(context, callOf(request, 'parts'), request.body)),
    );

    app.patch(
      '/parts/:code',
      { schema: { params: PartCode, headers: idempotencyHeaders, body: PartEdit, response: { 200: Part } } },
      (request) => {
        const { code } = request.params;
        return editPart(context, callOf(request, `parts/${code}`), code, request.body);
      },
    );

    app.post(
      '/parts/:code/retire',
      {
        schema: {
          params: PartCode,
          headers: idempotencyHeaders,
          body: PartRetirement,
          response: { 200: Part },
        },
      },
      (request) => {
        const { code } = request.params;
        return retirePart(context, callOf(request, `parts/${code}/retire`), code, request.body);
      },
    );

    app.post(
      '/parts/states',
      { schema: { headers: idempotencyHeaders, body: StateChange, response: { 200: StateChanged } } },
      (request) => changeStates(context, callOf(request, 'parts/states'), request.body),
    );

    app.post(
      '/parts/:code/photos',
      {
        schema: { params: PartCode, headers: idempotencyHeaders, body: Attachment, response: { 200: Part } },
      },
      (request) => {
        const { code } = request.params;
        const { attachmentId } = request.body;
        return addPartPhoto(context, callOf(request, `parts/${code}/photos`), code, attachmentId);
      },
    );

    app.delete(
      '/parts/:code/photos/:id',
      {
        schema: {
          params: Type.Object({ ...PartCode.properties, id: Type.String({ format: 'uuid' }) }),
          headers: idempotencyHeaders,
          response: { 200: Part },
        },
      },
      (request) => {
        const { code, id } = request.params;
        return removePartPhoto(context, callOf(request, `parts/${code}/photos/${id}`), code, id);
      },
    );
  };
}

function callOf(request: FastifyRequest, path: string): Call {
  return {
    user: requireRole(request, 'supervisor'),
    key: keyOf(request as { headers: { 'idempotency-key'?: string | string[] } }),
    request: { path, body: request.body ?? null },
    requestId: request.id,
  };
}
