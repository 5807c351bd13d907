import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Stage } from '#contract/cases';
import { PartFilter } from '#contract/parts';
import { Light } from '#contract/shared';
import { refuseControlCharacters } from '../access/request-checks.ts';
import { requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { LayerId } from './feature-layers.ts';
import { exporter, MEDIA_TYPES } from './open-export.ts';

const Code = Type.Optional(Type.String({ minLength: 1, maxLength: 40 }));

const ExportQuery = Type.Object(
  {
    ...PartFilter.properties,
    stage: Type.Optional(Stage),
    light: Type.Optional(Light),
    unit: Code,
    subdistrict: Code,
    community: Code,
    open: Type.Optional(Type.Boolean()),
    level: Code,
    parent: Code,
    kind: Code,
    datum: Type.Union([Type.Literal('wgs84'), Type.Literal('gcj02')], { default: 'wgs84' }),
    lang: Type.Union([Type.Literal('zh'), Type.Literal('en')], { default: 'zh' }),
  },
  { additionalProperties: false },
);

/** Any filtered list as a file, in the caller's scope. */
export function exportsRoutes(context: Context): FastifyPluginAsyncTypebox {
  const openExport = exporter(context);
  return async (app) => {
    app.addHook('preValidation', refuseControlCharacters);

    app.get(
      '/exports/:layer(^[a-z]+).:format(^[a-z]+)',
      {
        exposeHeadRoute: false,
        schema: {
          params: Type.Object({
            layer: LayerId,
            format: Type.Union([
              Type.Literal('geojson'),
              Type.Literal('csv'),
              Type.Literal('xlsx'),
              Type.Literal('gpkg'),
            ]),
          }),
          querystring: ExportQuery,
        },
      },
      async (request, reply) => {
        const user = requireUser(request);
        const { layer, format } = request.params;
        const { datum, lang, ...filter } = request.query;
        const hungUp = new AbortController();
        reply.raw.once('close', () => hungUp.abort());
        const { body, fileName, plainFileName, sizeBytes } = await openExport(user, {
          layer,
          format,
          filter,
          datum,
          language: lang,
          requestId: request.id,
          signal: hungUp.signal,
        });
        void reply
          .header('content-type', MEDIA_TYPES[format])
          .header('content-disposition', contentDisposition(plainFileName, fileName))
          .header('cache-control', 'private, no-store');
        if (sizeBytes !== undefined) void reply.header('content-length', sizeBytes);
        return reply.send(body);
      },
    );
  };
}

/** The name in letters every program reads, and the real one (RFC 6266, RFC 5987). */
function contentDisposition(plain: string, name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
