import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Job } from '#contract/jobs';
import { NewSimulation } from '#contract/simulation';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { registerSimulations, submitSimulation } from './service.ts';

/** Simulations are the administrator's. */
export function simulationRoutes(context: Context): FastifyPluginAsyncTypebox {
  registerSimulations();
  return async (app) => {
    app.post(
      '/simulations',
      { schema: { body: NewSimulation, response: { 202: Job } } },
      async (request, reply) => {
        const user = requireRole(request);
        return reply.code(202).send(await submitSimulation(context, user, request.body));
      },
    );
  };
}
