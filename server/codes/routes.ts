import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CodeReading, Translation, type Edition } from '#contract/codes';
import { Kind } from '#contract/dictionary';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { readCode, translate, translateCode } from './service.ts';

const EditionText = Type.Union([Type.Literal('2007'), Type.Literal('2013'), Type.Literal('2026')]);

/** Codes of the field: what one means, and what it is called in another edition. */
export function codesRoutes({ db }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/codes/translate',
      {
        schema: {
          querystring: Type.Object(
            {
              class: Type.Optional(Type.String({ maxLength: 16 })),
              code: Type.Optional(Type.String({ maxLength: 17 })),
              from: Type.Optional(EditionText),
              to: EditionText,
            },
            { additionalProperties: false },
          ),
          response: { 200: Translation },
        },
      },
      (request) => {
        requireUser(request);
        const { class: classId, code, from, to } = request.query;
        if (classId !== undefined && code === undefined) return translate(db, classId, toEdition(to));
        if (code !== undefined && classId === undefined) {
          return translateCode(db, code, {
            to: toEdition(to),
            from: from === undefined ? undefined : toEdition(from),
          });
        }
        throw appError('INVALID_INPUT', { oneOf: ['class', 'code'] });
      },
    );

    app.get(
      '/codes/:code',
      {
        schema: {
          params: Type.Object({ code: Type.String({ maxLength: 17 }) }),
          querystring: Type.Object({ kind: Type.Optional(Kind) }, { additionalProperties: false }),
          response: { 200: CodeReading },
        },
      },
      (request) => {
        requireUser(request);
        return readCode(db, request.params.code, request.query.kind);
      },
    );
  };
}

function toEdition(text: '2007' | '2013' | '2026'): Edition {
  return Number(text) as Edition;
}
