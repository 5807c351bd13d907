import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { partsHolderOf } from './hold-parts.ts';
import { isUnchanged } from './is-unchanged.ts';
import { describeLayer, findPartsInMemory, openOverview, openTile, type Versioned } from './service.ts';
import { TileLayer } from './tile-layers.ts';

const MVT = 'application/vnd.mapbox-vector-tile';

export function tilesRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, config } = context;
  const parts = partsHolderOf(context);
  return async (app) => {
    // Nobody waits for it: until the parts are in memory, the database answers.
    app.addHook('onListen', () => {
      findPartsInMemory(db, parts).catch((error: unknown) => context.log.warn({ err: error }, 'no versions'));
    });
    app.addHook('onClose', () => parts.close());

    app.get(
      '/tiles/:layer/:z/:x/:y(^\\d+).mvt',
      {
        schema: {
          params: Type.Object({
            layer: TileLayer,
            z: Type.Integer({ minimum: 0, maximum: 22 }),
            x: Type.Integer({ minimum: 0 }),
            y: Type.Integer({ minimum: 0 }),
          }),
        },
      },
      async (request, reply) => {
        const { scope } = requireUser(request);
        const { layer, ...address } = request.params;
        return sendVersioned(request, reply, MVT, await openTile(db, layer, address, scope, parts));
      },
    );

    app.get(
      '/tiles/:layer(^[a-z]+).json',
      { schema: { params: Type.Object({ layer: TileLayer }) } },
      async (request, reply) => {
        requireUser(request);
        const origin = config.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`;
        void reply.header('cache-control', 'private, no-cache');
        return describeLayer(db, request.params.layer, { origin, key: keyInAddress(request) });
      },
    );

    app.get('/map/overview', async (request, reply) => {
      requireUser(request);
      return sendVersioned(request, reply, 'application/json; charset=utf-8', await openOverview(db));
    });
  };
}

/** The key that the caller came with as `?key=`; the session plugin has taken it out of the query by now. */
function keyInAddress(request: FastifyRequest): string | undefined {
  return new URL(request.url, 'http://localhost').searchParams.get('key') ?? undefined;
}

/** 304 when the caller holds it, 204 when there is nothing in it. Kept by the caller alone, and asked for every time. */
async function sendVersioned(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  { tag, read }: Versioned,
) {
  const gzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const etag = gzip ? `"${tag}-gzip"` : `"${tag}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', 'accept-encoding, cookie');
  if (isUnchanged(request, etag)) return reply.code(304).send();
  const answer = await read();
  if (answer.plain.length === 0) return reply.code(204).send();
  void reply.type(type);
  if (!gzip) return reply.send(answer.plain);
  return reply.header('content-encoding', 'gzip').send(answer.gzipped);
}
