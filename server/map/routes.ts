import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { type CellFigures, MapSource, MapView, NewMapView } from '#contract/map';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { isUnchanged } from '../tiles/is-unchanged.ts';
import { addView, listCellFigures, listViews, removeView, replaceView } from './service.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export function mapRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, config } = context;
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get('/map/cells', async (request, reply): Promise<CellFigures | FastifyReply> => {
      const { scope } = requireUser(request);
      const { figures, etag } = await listCellFigures(context, scope);
      void reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'cookie');
      return isUnchanged(request, etag) ? reply.code(304).send() : figures;
    });

    app.get(
      '/map/sources',
      { schema: { response: { 200: Type.Object({ items: Type.Array(MapSource) }) } } },
      (request) => {
        requireUser(request);
        return { items: config.map };
      },
    );

    app.get(
      '/map/views',
      { schema: { response: { 200: Type.Object({ items: Type.Array(MapView) }) } } },
      async (request) => ({ items: await listViews(db, requireUser(request)) }),
    );

    app.post(
      '/map/views',
      { schema: { body: NewMapView, response: { 201: MapView } } },
      async (request, reply) =>
        reply.code(201).send(await addView(context, requireUser(request), request.body)),
    );

    app.put(
      '/map/views/:id',
      { schema: { params: Id, body: NewMapView, response: { 200: MapView } } },
      (request) => replaceView(context, requireUser(request), request.params.id, request.body),
    );

    app.delete('/map/views/:id', { schema: { params: Id } }, async (request, reply) => {
      await removeView(context, requireUser(request), request.params.id);
      return reply.code(204).send();
    });
  };
}
