import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  Calibration,
  CalibrationResult,
  Camera,
  NewCamera,
  Projection,
  ProjectRequest,
} from '#contract/cameras';
import { List, LonLat } from '#contract/shared';
import { requireRole, requireUser } from '../access/session-user.ts';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import { listQuery, toListFilter } from '../grid/list-query.ts';
import {
  addCamera,
  calibrateCamera,
  getCamera,
  listCameras,
  listNearestCameras,
  listRecordedCameraIds,
  projectToCell,
  unprojectToCamera,
} from './service.ts';

const Id = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });

export function camerasRoutes(context: Context): FastifyPluginAsyncTypebox {
  const { db } = context;
  return async (app) => {
    app.get(
      '/cameras',
      {
        schema: {
          querystring: Type.Object(
            {
              ...listQuery,
              sees: Type.Optional(Type.String({ maxLength: 60, description: 'lon,lat' })),
              nearest: Type.Optional(
                Type.Integer({
                  minimum: 1,
                  maximum: 50,
                  description: 'with `sees`: this many by distance, whether they see the point or not',
                }),
              ),
            },
            { additionalProperties: false },
          ),
          response: { 200: List(Camera) },
        },
      },
      async (request) => {
        const { scope } = requireUser(request);
        const { sees, nearest } = request.query;
        if (nearest !== undefined) {
          if (sees === undefined) throw appError('INVALID_INPUT', { nearest: 'goes with sees' });
          return { items: await listNearestCameras(db, scope, parsePosition(sees), nearest) };
        }
        return listCameras(db, scope, {
          ...toListFilter(request.query),
          ...(sees === undefined ? {} : { sees: parsePosition(sees) }),
        });
      },
    );

    app.get('/cameras/:id', { schema: { params: Id, response: { 200: Camera } } }, (request) =>
      getCamera(db, requireUser(request).scope, request.params.id),
    );

    app.post(
      '/cameras',
      { schema: { body: NewCamera, response: { 201: Camera } } },
      async (request, reply) => {
        const user = requireRole(request);
        const camera = await addCamera(context, user, request.body);
        await context.media.record(await listRecordedCameraIds(db));
        return reply.code(201).send(camera);
      },
    );

    app.put(
      '/cameras/:id/calibration',
      { schema: { params: Id, body: Calibration, response: { 200: CalibrationResult } } },
      (request) => calibrateCamera(context, requireRole(request), request.params.id, request.body),
    );

    app.post(
      '/cameras/:id/project',
      { schema: { params: Id, body: ProjectRequest, response: { 200: Projection } } },
      async (request) => {
        const camera = await getCamera(db, requireUser(request).scope, request.params.id);
        return projectToCell(db, camera, request.body);
      },
    );

    app.post(
      '/cameras/:id/unproject',
      {
        schema: {
          params: Id,
          body: LonLat,
          response: { 200: Type.Object({ u: Type.Number(), v: Type.Number(), visible: Type.Boolean() }) },
        },
      },
      async (request) => {
        const camera = await getCamera(db, requireUser(request).scope, request.params.id);
        return unprojectToCamera(camera, request.body);
      },
    );
  };
}

/** `103.7,36.06`. @throws INVALID_INPUT */
function parsePosition(text: string): LonLat {
  const [lon = NaN, lat = NaN, ...rest] = text.split(',').map(Number);
  if (rest.length > 0 || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
    throw appError('INVALID_INPUT', { sees: text });
  }
  return { lon, lat };
}
