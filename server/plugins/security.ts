import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { isKeyCall } from '../access/read-api-key.ts';
import { appError } from '../errors.ts';
import { originsOf } from '../map/read-sources.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Headers, the refusal of other sites' requests, and rate limits. */
export async function installSecurity(app: FastifyInstance, config: Config): Promise<void> {
  const https = config.publicUrl?.startsWith('https:') ?? false;
  const mapOrigins = originsOf(config.map);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Cesium decodes with WebAssembly and starts its workers from blobs.
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...mapOrigins],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'data:', 'blob:', ...mapOrigins],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // A browser honours these only on secure origins and warns elsewhere.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    strictTransportSecurity: https,
  });
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => appError('TOO_MANY_REQUESTS') });

  app.addHook('onRequest', (request, _reply, done) => {
    done(
      SAFE_METHODS.has(request.method) || isKeyCall(request.headers) || isOwnSite(request.headers)
        ? undefined
        : appError('CROSS_SITE_REFUSED'),
    );
  });
}

/**
 * A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`); one that another site started is refused.
 * With the SameSite cookie this needs no token. Programs send neither header and carry no ambient cookie.
 */
export function isOwnSite(headers: Record<string, string | string[] | undefined>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (typeof origin !== 'string') return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
