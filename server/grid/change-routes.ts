import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CellEdit, GridPlanResult, NewCellCheck, NewGridPlan } from '#contract/grid';
import { Job } from '#contract/jobs';
import { requireRole } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { todayOf } from '../heads/service.ts';
import { registerJob, submitJob } from '../jobs/service.ts';
import { applyPlan } from './apply-plan.ts';
import { checkCells } from './check-cells.ts';
import { editCell } from './edit-cell.ts';
import { communitiesOf, planGrid, readPlanCells } from './plan-grid.ts';
import { sendWithOutline } from './routes.ts';
import { getCell } from './service.ts';

const JobParams = Type.Object({ jobId: Type.String({ format: 'uuid' }) });

/** Making a grid, checking it, and changing one cell: the administrator's. */
export function gridChangeRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db } = context;
  registerJob('grid-plan', planGrid);
  registerJob('cell-check', checkCells);
  return async (app) => {
    app.post(
      '/grid-plans',
      { schema: { body: NewGridPlan, response: { 202: Job } } },
      async (request, reply) => {
        const user = requireRole(request);
        const communities = await communitiesOf(db, request.body.divisions);
        const { targetSquareMetres } = request.body;
        const job = await submitJob(context, user, {
          kind: 'grid-plan',
          title: {
            zh: `划分 ${communities.length} 个社区的单元网格，目标面积 ${targetSquareMetres} m²`,
            en: `Cells of ${targetSquareMetres} m² for ${communities.length} communities`,
          },
          input: request.body,
        });
        return reply.code(202).send(job);
      },
    );

    app.get('/grid-plans/:jobId/cells.geojson', { schema: { params: JobParams } }, async (request, reply) => {
      requireRole(request);
      const cells = await readPlanCells(db, request.params.jobId);
      return reply
        .header('content-type', 'application/geo+json; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(Readable.from(cells));
    });

    app.post(
      '/grid-plans/:jobId/apply',
      { schema: { params: JobParams, response: { 200: GridPlanResult } } },
      (request) => applyPlan(context, requireRole(request), request.params.jobId),
    );

    app.post(
      '/cells/check',
      { schema: { body: NewCellCheck, response: { 202: Job } } },
      async (request, reply) => {
        const user = requireRole(request);
        if (request.body.divisions) await communitiesOf(db, request.body.divisions);
        const job = await submitJob(context, user, {
          kind: 'cell-check',
          title: { zh: '检查单元网格', en: 'Check of the cells' },
          input: request.body,
        });
        return reply.code(202).send(job);
      },
    );

    app.patch(
      '/cells/:code',
      { schema: { params: Type.Object({ code: Type.String({ maxLength: 15 }) }), body: CellEdit } },
      async (request, reply) => {
        const user = requireRole(request);
        const edited = await editCell(context, user, request.params.code, request.body);
        const { cell, outline } = await getCell(
          db,
          { scope: user.scope, today: todayOf(context) },
          request.params.code,
        );
        return sendWithOutline(reply, { ...cell, ...edited }, outline);
      },
    );
  };
}
