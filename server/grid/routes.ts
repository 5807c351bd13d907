import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Cell, Division, DivisionLevel, Location } from '#contract/grid';
import { List, LonLat } from '#contract/shared';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { todayOf } from '../heads/service.ts';
import { Datum, toWgs84 } from './convert-datum.ts';
import { listQuery, toListFilter } from './list-query.ts';
import { getCell, getDivision, listCells, listDivisions, locate } from './service.ts';

const Code = Type.Object({ code: Type.String({ maxLength: 15 }) });

export function gridRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db } = context;
  return async (app) => {
    app.get(
      '/divisions',
      {
        schema: {
          querystring: Type.Object(
            {
              ...listQuery,
              level: Type.Optional(DivisionLevel),
              parent: Type.Optional(Type.String({ maxLength: 12 })),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Division) },
        },
      },
      (request) => {
        requireUser(request);
        const { level, parent } = request.query;
        return listDivisions(db, {
          ...toListFilter(request.query),
          ...(level === undefined ? {} : { level }),
          ...(parent === undefined ? {} : { parent }),
        });
      },
    );

    app.get('/divisions/:code', { schema: { params: Code } }, async (request, reply) => {
      const { scope } = requireUser(request);
      const { division, outline } = await getDivision(
        db,
        { scope, today: todayOf(context) },
        request.params.code,
      );
      return sendWithOutline(reply, division, outline);
    });

    app.get(
      '/cells',
      {
        schema: {
          querystring: Type.Object(
            {
              ...listQuery,
              community: Type.Optional(Type.String({ maxLength: 12 })),
              division: Type.Optional(Type.String({ maxLength: 12 })),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Cell) },
        },
      },
      (request) => {
        requireUser(request);
        const { community, division } = request.query;
        return listCells(db, {
          ...toListFilter(request.query),
          ...(community === undefined ? {} : { community }),
          ...(division === undefined ? {} : { division }),
        });
      },
    );

    app.get('/cells/:code', { schema: { params: Code } }, async (request, reply) => {
      const { scope } = requireUser(request);
      const { cell, outline } = await getCell(db, { scope, today: todayOf(context) }, request.params.code);
      return sendWithOutline(reply, cell, outline);
    });

    app.get(
      '/locate',
      {
        schema: {
          querystring: Type.Object(
            { ...LonLat.properties, datum: Type.Optional(Datum) },
            { additionalProperties: false },
          ),
          response: { 200: Location },
        },
      },
      (request) => {
        const { scope } = requireUser(request);
        const { lon, lat, datum = 'wgs84' } = request.query;
        return locate(db, toWgs84({ lon, lat }, datum), { scope });
      },
    );
  };
}

/** The outline is ready text: parsing and writing a large polygon again would cost more than making it. */
export function sendWithOutline(reply: FastifyReply, thing: object, outline: string) {
  const text = JSON.stringify(thing);
  return reply.type('application/json; charset=utf-8').send(`${text.slice(0, -1)},"outline":${outline}}`);
}
