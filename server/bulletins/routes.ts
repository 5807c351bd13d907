import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { BulletinStep, BulletinSummary, NewBulletin, Period, Reproduction } from '#contract/evaluation';
import { List } from '#contract/shared';
import { idempotencyHeaders, keyOf, refuseControlCharacters } from '../access/request-checks.ts';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { reproduceBulletin } from './reproduce.ts';
import {
  createBulletin,
  getBulletin,
  getContentText,
  listBulletins,
  makeDocument,
  stepBulletin,
  stepNames,
} from './service.ts';

const MEDIA_TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const Id = Type.String({ format: 'uuid' });

/** The published monthly, quarterly and yearly results (简报, 通报). */
export function bulletinsRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/bulletins',
      {
        schema: {
          querystring: Type.Object(
            {
              period: Type.Optional(Period),
              after: Type.Optional(Id),
              limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(BulletinSummary) },
        },
      },
      (request) => listBulletins(context, requireUser(request), request.query),
    );

    app.post(
      '/bulletins',
      { schema: { body: NewBulletin, headers: idempotencyHeaders, response: { 200: BulletinSummary } } },
      (request) =>
        createBulletin(context, requireRole(request, 'evaluator'), {
          body: request.body,
          key: keyOf(request),
        }),
    );

    app.get(
      '/bulletins/:id',
      { schema: { params: Type.Object({ id: Id }), response: { 200: BulletinSummary } } },
      (request) => getBulletin(context, requireUser(request), request.params.id),
    );

    app.get(
      '/bulletins/:file(^[0-9a-f-]{36}\\.(?:pdf|xlsx|json)$)',
      {
        exposeHeadRoute: false,
        schema: {
          params: Type.Object({ file: Type.String({ maxLength: 41 }) }),
          querystring: Type.Object(
            { lang: Type.Union([Type.Literal('zh'), Type.Literal('en')], { default: 'zh' }) },
            { additionalProperties: false },
          ),
        },
      },
      async (request, reply) => {
        const user = requireUser(request);
        const [id = '', format] = request.params.file.split('.');
        void reply.header('cache-control', 'private, no-store');
        if (format === 'json') {
          const text = await getContentText(context, user, id);
          return reply.type('application/json; charset=utf-8').send(text);
        }
        const wanted = format === 'xlsx' ? 'xlsx' : 'pdf';
        const language = request.query.lang;
        const { bytes, bulletin } = await makeDocument(context, user, { id, format: wanted, language });
        return reply
          .type(MEDIA_TYPES[wanted])
          .header('content-disposition', `attachment; filename="bulletin-${bulletin.period}.${wanted}"`)
          .send(bytes);
      },
    );

    app.get(
      '/bulletins/:id/reproduction',
      {
        exposeHeadRoute: false,
        schema: { params: Type.Object({ id: Id }), response: { 200: Reproduction } },
      },
      (request) => {
        requireRole(request, 'evaluator', 'supervisor');
        return reproduceBulletin(context, request.params.id);
      },
    );

    app.post(
      '/bulletins/:id/:step',
      {
        schema: {
          params: Type.Object({
            id: Id,
            step: Type.Union(stepNames.map((name) => Type.Literal(name))),
          }),
          body: BulletinStep,
          headers: idempotencyHeaders,
          response: { 200: BulletinSummary },
        },
      },
      (request) =>
        stepBulletin(context, requireUser(request), {
          id: request.params.id,
          step: request.params.step,
          body: request.body,
          key: keyOf(request),
        }),
    );
  };
}
