import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { SearchAnswer } from '#contract/search';
import { LonLat } from '#contract/shared';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { readNames } from './hold-names.ts';
import { search } from './service.ts';

export function searchRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);
    app.addHook('onListen', () => {
      // The first search need not wait for the names.
      readNames(context.db).catch((error: unknown) =>
        context.log.debug({ err: error }, 'names not read yet'),
      );
    });

    app.get(
      '/search',
      {
        schema: {
          querystring: Type.Object(
            {
              q: Type.String({ maxLength: 200 }),
              lon: Type.Optional(LonLat.properties.lon),
              lat: Type.Optional(LonLat.properties.lat),
              limit: Type.Integer({ minimum: 1, maximum: 50, default: 20 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: SearchAnswer },
        },
      },
      async (request) => {
        const { scope } = requireUser(request);
        const { q, lon, lat, limit } = request.query;
        if ((lon === undefined) !== (lat === undefined))
          throw appError('INVALID_INPUT', { point: 'lon and lat' });
        const near = lon === undefined || lat === undefined ? undefined : { lon, lat };
        const started = performance.now();
        const items = await search(context, scope, { q, near, limit });
        return { items, tookMilliseconds: Math.round((performance.now() - started) * 10) / 10 };
      },
    );
  };
}
