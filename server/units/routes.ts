import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { List, LonLat } from '#contract/shared';
import { EditedUnit, NewUnit, Resolution, Unit, UnitEdit } from '#contract/units';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { tableRoutes } from '../dictionary/table-routes.ts';
import { Datum, toWgs84 } from '../grid/convert-datum.ts';
import { listQuery } from '../grid/list-query.ts';
import { dutyRoutes } from './duty-routes.ts';
import { dutyTable } from './duty-table.ts';
import { addUnit, editUnit } from './edit-unit.ts';
import { getUnit, listUnits, resolveUnit } from './service.ts';
import { unitTable } from './unit-table.ts';

const { q, after, limit } = listQuery;

const params = Type.Object({ code: Type.String({ maxLength: 64 }) });

export function unitsRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db, clock } = context;
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

    app.get('/units/:code', { schema: { params, response: { 200: Unit } } }, (request) => {
      requireUser(request);
      return getUnit(db, request.params.code);
    });

    app.post('/units', { schema: { body: NewUnit, response: { 201: Unit } } }, async (request, reply) => {
      const user = requireRole(request);
      return reply.code(201).send(await addUnit(context, user, request.body));
    });

    app.patch(
      '/units/:code',
      { schema: { params, body: UnitEdit, response: { 200: EditedUnit } } },
      (request) => editUnit(context, requireRole(request), request.params.code, request.body),
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

    await app.register(dutyRoutes(context));
    await app.register(tableRoutes(context, { units: unitTable, duties: dutyTable }));
  };
}
