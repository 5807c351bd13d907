import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { List, LonLat } from '#contract/shared';
import { Resolution, Unit } from '#contract/units';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { Datum, toWgs84 } from '../grid/convert-datum.ts';
import { listQuery } from '../grid/list-query.ts';
import { getUnit, listUnits, resolveUnit } from './service.ts';

const { q, after, limit } = listQuery;

export function unitsRoutes({ db, clock }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/units',
      {
        schema: {
          querystring: Type.Object(
            { q, after, limit, kind: Type.Optional(Type.String({ maxLength: 16 })) },
            { additionalProperties: false },
          ),
          response: { 200: List(Unit) },
        },
      },
      (request) => {
        requireUser(request);
        return listUnits(db, request.query);
      },
    );

    app.get(
      '/units/:code',
      { schema: { params: Type.Object({ code: Type.String({ maxLength: 64 }) }), response: { 200: Unit } } },
      (request) => {
        requireUser(request);
        return getUnit(db, request.params.code);
      },
    );

    app.get(
      '/resolve',
      {
        schema: {
          querystring: Type.Object(
            {
              class: Type.String({ minLength: 1, maxLength: 32 }),
              ...LonLat.properties,
              datum: Type.Optional(Datum),
              part: Type.Optional(Type.String({ maxLength: 17 })),
              condition: Type.Optional(Type.Integer()),
              place: Type.Optional(Type.Union([Type.Literal('carriageway'), Type.Literal('footway')])),
              /** A channel of reports, or one that a duty names, such as `subdistrict-video`. */
              channel: Type.Optional(Type.String({ maxLength: 32 })),
            },
            { additionalProperties: false },
          ),
          response: { 200: Resolution },
        },
      },
      (request) => {
        requireUser(request);
        const { class: classId, lon, lat, datum = 'wgs84', part, condition, place, channel } = request.query;
        return resolveUnit(db, {
          class: classId,
          position: toWgs84({ lon, lat }, datum),
          part,
          limitId: condition,
          place,
          channel,
          at: clock.now(),
        });
      },
    );
  };
}
