import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { featureLayers, type FeatureLayer } from '../exports/feature-layers.ts';
import { getFeature, toGeoJson } from '../exports/service.ts';
import {
  addressesOf,
  CONFORMANCE,
  CRS84,
  describeCollection,
  describeLanding,
  describeQueryables,
  GEOJSON,
  JSON_TYPE,
  OPENAPI_JSON,
  SCHEMA_JSON,
  type Address,
} from './collections.ts';
import { describeApi } from './open-api.ts';
import { readItemsQuery, readParameters } from './read-query.ts';
import { holdExtents, readItems } from './service.ts';

/** What has a geometry. */
const LAYERS = Object.values(featureLayers).filter(({ geometry }) => geometry !== undefined);

const Collection = Type.Object({ collectionId: Type.String({ maxLength: 40 }) });
const Item = Type.Object({ ...Collection.properties, featureId: Type.String({ maxLength: 80 }) });

/** OGC API – Features part 1: what QGIS, GDAL and others read. Registered below `prefix`, in the caller's scope. */
export function ogcRoutes(context: Context, prefix: string): FastifyPluginAsync {
  const { db, config } = context;
  const extentOf = holdExtents(context);

  function addressOf(request: FastifyRequest): Address {
    const origin = config.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`;
    return addressesOf(`${origin}${prefix}`, request.user?.apiKey?.inAddress);
  }

  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'private, no-cache');
    });

    app.get('/', (request, reply) => {
      open(request);
      return send(reply, JSON_TYPE, describeLanding(addressOf(request)));
    });

    app.get('/conformance', (request, reply) => {
      open(request);
      return send(reply, JSON_TYPE, { conformsTo: CONFORMANCE });
    });

    app.get('/api', (request, reply) => {
      open(request);
      return send(reply, OPENAPI_JSON, describeApi(LAYERS, addressOf(request)));
    });

    app.get('/collections', async (request, reply) => {
      const { scope } = open(request);
      const address = addressOf(request);
      const collections = [];
      for (const layer of LAYERS) {
        collections.push(describeCollection(layer, address, await extentOf(layer, scope)));
      }
      const links = [{ href: address('/collections'), rel: 'self', type: JSON_TYPE }];
      return send(reply, JSON_TYPE, { links, collections });
    });

    app.get<{ Params: { collectionId: string } }>(
      '/collections/:collectionId',
      { schema: { params: Collection } },
      async (request, reply) => {
        const { scope } = open(request);
        const layer = requireLayer(request.params.collectionId);
        const described = describeCollection(layer, addressOf(request), await extentOf(layer, scope));
        return send(reply, JSON_TYPE, described);
      },
    );

    app.get<{ Params: { collectionId: string } }>(
      '/collections/:collectionId/queryables',
      { schema: { params: Collection } },
      (request, reply) => {
        open(request);
        const layer = requireLayer(request.params.collectionId);
        return send(reply, SCHEMA_JSON, describeQueryables(layer, addressOf(request)));
      },
    );

    app.get<{ Params: { collectionId: string }; Querystring: Record<string, unknown> }>(
      '/collections/:collectionId/items',
      { schema: { params: Collection } },
      async (request, reply) => {
        const { scope } = requireUser(request);
        const layer = requireLayer(request.params.collectionId);
        const query = readItemsQuery(layer, request.query);
        const given = request.query as Record<string, string>;
        const text = await readItems(context, layer, { scope, query, given, address: addressOf(request) });
        void reply.header('content-crs', `<${CRS84}>`);
        return reply.type(GEOJSON).send(text);
      },
    );

    app.get<{ Params: { collectionId: string; featureId: string } }>(
      '/collections/:collectionId/items/:featureId',
      { schema: { params: Item } },
      async (request, reply) => {
        const { scope } = open(request);
        const layer = requireLayer(request.params.collectionId);
        const feature = await getFeature(db, layer, scope, request.params.featureId);
        const address = addressOf(request);
        const collection = `/collections/${layer.id}`;
        const links = [
          {
            href: address(`${collection}/items/${encodeURIComponent(feature.key)}`),
            rel: 'self',
            type: GEOJSON,
          },
          { href: address(collection), rel: 'collection', type: JSON_TYPE },
        ];
        void reply.header('content-crs', `<${CRS84}>`);
        return reply
          .type(GEOJSON)
          .send(`${toGeoJson(layer, feature).slice(0, -1)},"links":${JSON.stringify(links)}}`);
      },
    );
  };
}

/** The caller, and no parameter but the format. @throws NOT_SIGNED_IN, INVALID_INPUT */
function open(request: FastifyRequest) {
  const user = requireUser(request);
  readParameters(request.query as Record<string, unknown>, (name) => name === 'f');
  return user;
}

function requireLayer(id: string): FeatureLayer {
  const layer = LAYERS.find((one) => one.id === id);
  if (!layer) throw appError('NOT_FOUND', { collection: id });
  return layer;
}

function send(reply: FastifyReply, type: string, body: object) {
  return reply.type(type).send(JSON.stringify(body));
}
