import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Job } from '#contract/jobs';
import { List } from '#contract/shared';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { toErrorsCsv } from './errors-csv.ts';
import { cancelJob, eachRowError, getJob, listJobs } from './service.ts';

const JobParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** Jobs are the administrator's. */
export function jobsRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db } = context;
  return async (app) => {
    app.get(
      '/jobs',
      {
        schema: {
          querystring: Type.Object(
            {
              kind: Type.Optional(Job.properties.kind),
              after: Type.Optional(Type.String({ format: 'uuid' })),
              limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Job) },
        },
      },
      (request) => {
        requireRole(request);
        return listJobs(db, request.query);
      },
    );

    app.get('/jobs/:id', { schema: { params: JobParams, response: { 200: Job } } }, (request) => {
      requireRole(request);
      return getJob(db, request.params.id);
    });

    app.post('/jobs/:id/cancel', { schema: { params: JobParams, response: { 200: Job } } }, (request) => {
      requireRole(request);
      return cancelJob(context, request.params.id);
    });

    app.get('/jobs/:id/errors.csv', { schema: { params: JobParams } }, async (request, reply) => {
      requireRole(request);
      const { id } = await getJob(db, request.params.id);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="errors-${id}.csv"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(toErrorsCsv(eachRowError(db, id))));
    });
  };
}
