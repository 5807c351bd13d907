import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { appError } from '../errors.ts';
import { projectRoot } from '../project-root.ts';

const clientDir = join(projectRoot, 'dist', 'client');

/** Serves the built client; a path that is neither a file nor the API's is a page of the client. */
export async function installStaticClient(app: FastifyInstance): Promise<void> {
  const built = existsSync(join(clientDir, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: clientDir,
      cacheControl: false,
      setHeaders(reply, path) {
        const immutable = path.includes(`${clientDir}/assets/`);
        void reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      built && request.method === 'GET' && !/^\/(api|ogc|tiles|cesium|assets|openapi)\b/.test(request.url);
    if (!isPage) throw appError('NOT_FOUND');
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
