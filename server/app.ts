import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { v7 as uuid } from 'uuid';
import { accessRoutes } from './access/routes.ts';
import { requireUser } from './access/session-user.ts';
import { attachmentsRoutes } from './attachments/routes.ts';
import { bulletinsRoutes } from './bulletins/routes.ts';
import { camerasRoutes } from './cameras/routes.ts';
import { getCamera } from './cameras/service.ts';
import { caseRequestRoutes } from './cases/request-routes.ts';
import { casesRoutes } from './cases/routes.ts';
import { codesRoutes } from './codes/routes.ts';
import type { Context } from './context.ts';
import { undoClassSet } from './dictionary/class-sets.ts';
import { undoClass } from './dictionary/edit-class.ts';
import { undoLimit } from './dictionary/edit-limits.ts';
import { dictionaryRoutes } from './dictionary/routes.ts';
import { gridChangeRoutes } from './grid/change-routes.ts';
import { undoCell } from './grid/edit-cell.ts';
import { contestRoutes } from './evaluation/contest-routes.ts';
import { evaluationRoutes } from './evaluation/routes.ts';
import { exportsRoutes } from './exports/routes.ts';
import { gridRoutes } from './grid/routes.ts';
import { headsRoutes } from './heads/routes.ts';
import { undoHead } from './heads/undo-head.ts';
import { historyRoutes } from './history/routes.ts';
import { importsRoutes } from './imports/routes.ts';
import { jobsRoutes } from './jobs/routes.ts';
import { mapRoutes } from './map/routes.ts';
import { mediaRoutes } from './media/routes.ts';
import { ogcRoutes } from './ogc/routes.ts';
import { partsRoutes } from './parts/routes.ts';
import { undoPart } from './parts/undo-part.ts';
import { installErrorHandler } from './plugins/error-handler.ts';
import { installOperations } from './plugins/operations.ts';
import { installSecurity } from './plugins/security.ts';
import { installSession } from './plugins/session.ts';
import { installStaticClient } from './plugins/static-client.ts';
import { realtimeRoutes } from './realtime/routes.ts';
import { reportsRoutes } from './reports/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { simulationRoutes } from './simulation/routes.ts';
import { tilesRoutes } from './tiles/routes.ts';
import { undoDuty } from './units/edit-duties.ts';
import { undoUnit } from './units/edit-unit.ts';
import { unitsRoutes } from './units/routes.ts';
import { workingTimeRoutes } from './working-time/routes.ts';

const API = { prefix: '/api/v1' };
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** The HTTP side: plugins, one register line per domain, one error handler. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: context.log,
    trustProxy: context.config.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => uuid(),
    logController: new LogController({ disableRequestLogging: true }),
    // An unknown key is an error, not a silence.
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true, allErrors: false },
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  installErrorHandler(app);
  installOperations(app, context);
  await installSecurity(app, context.config);
  await installSession(app, context);
  await app.register(compress, { encodings: ['gzip'], threshold: 2048 });
  await app.register(multipart, {
    limits: { fileSize: 10 * 1024 * 1024, files: 9, fields: 20, fieldSize: 1024 * 1024 },
  });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Gridwatch', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    },
  });

  await app.register(accessRoutes(context), API);
  await app.register(gridRoutes(context), API);
  await app.register(dictionaryRoutes(context), API);
  await app.register(unitsRoutes(context), API);
  await app.register(workingTimeRoutes(context), API);
  await app.register(gridChangeRoutes(context), API);
  await app.register(headsRoutes(context), API);
  await app.register(codesRoutes(context), API);
  await app.register(partsRoutes(context), API);
  await app.register(camerasRoutes(context), API);
  await app.register(tilesRoutes(context), API);
  await app.register(mapRoutes(context), API);
  await app.register(searchRoutes(context), API);
  await app.register(mediaRoutes, {
    ...API,
    hub: context.media,
    authorizeCamera: async (request, cameraId) => {
      await getCamera(context.db, requireUser(request).scope, cameraId);
    },
  });
  await app.register(reportsRoutes(context), API);
  await app.register(casesRoutes(context), API);
  await app.register(caseRequestRoutes(context), API);
  await app.register(attachmentsRoutes(context), API);
  await app.register(realtimeRoutes(context), API);
  await app.register(jobsRoutes(context), API);
  await app.register(importsRoutes(context), API);
  await app.register(simulationRoutes(context), API);
  await app.register(
    historyRoutes(context, {
      cell: undoCell,
      part: undoPart,
      class: undoClass,
      'class-set': undoClassSet,
      limit: undoLimit,
      unit: undoUnit,
      duty: undoDuty,
      head: undoHead,
    }),
    API,
  );

  await app.register(evaluationRoutes(context), API);
  await app.register(contestRoutes(context), API);
  await app.register(bulletinsRoutes(context), API);
  await app.register(exportsRoutes(context), API);
  for (const prefix of ['/ogc', '/api/v1/ogc']) await app.register(ogcRoutes(context, prefix), { prefix });

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await installStaticClient(app);
  return app;
}
