import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ClockState } from '#contract/clock';
import { Changes } from '#contract/realtime';
import { roomOfScope } from '../access/scope.ts';
import { requireUser } from '../access/session-user.ts';
import { describeWorkingTime } from '../clock/service.ts';
import type { Context } from '../context.ts';
import { listFeed } from './repository.ts';
import { changesFor } from './visible-changes.ts';

export function realtimeRoutes({ db, clock, axis }: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/feed',
      {
        schema: {
          querystring: Type.Object(
            {
              after: Type.Integer({ minimum: 0 }),
              limit: Type.Integer({ minimum: 1, maximum: 1000, default: 500 }),
            },
            { additionalProperties: false },
          ),
          response: { 200: Changes },
        },
      },
      async (request) => {
        const { after, limit } = request.query;
        const scopeRoom = roomOfScope(requireUser(request).scope);
        const rows = await listFeed(db, after, limit);
        return {
          from: after,
          to: rows.at(-1)?.seq ?? after,
          serverNow: clock.now().toISOString(),
          changes: changesFor(rows, { scopeRoom, watched: new Set([scopeRoom]) }),
        };
      },
    );

    app.get('/clock', { schema: { response: { 200: ClockState } } }, (request) => {
      requireUser(request);
      return describeWorkingTime(axis.current(), clock.now());
    });
  };
}
