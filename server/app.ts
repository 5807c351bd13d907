import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance } from 'fastify';
import { v7 as uuid } from 'uuid';
import { accessRoutes } from './access/routes.ts';
import type { Context } from './context.ts';
import { installErrorHandler } from './plugins/error-handler.ts';
import { installOperations } from './plugins/operations.ts';
import { installSecurity } from './plugins/security.ts';
import { installSession } from './plugins/session.ts';
import { installStaticClient } from './plugins/static-client.ts';
import { realtimeRoutes } from './realtime/routes.ts';

const API = { prefix: '/api/v1' };
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** The HTTP side: plugins, one register line per domain, one error handler. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: context.log,
    trustProxy: context.config.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => uuid(),
    disableRequestLogging: true,
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
  await app.register(realtimeRoutes(context), API);

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await installStaticClient(app);
  return app;
}
