import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  CameraMedia,
  encodeLiveHeader,
  formatMicros,
  liveKind,
  LiveMode,
  parseMicros,
} from '#contract/media';
import { appError } from '../errors.ts';
import { encodeFragment, encodeInit } from './fmp4.ts';
import { maxClipMicros, type MediaHub } from './media-hub.ts';

export interface MediaRouteOptions {
  hub: MediaHub;
  /** Throws when the caller may not see this camera. */
  authorizeCamera?: (request: FastifyRequest, cameraId: string) => Promise<void> | void;
}

const CameraParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });
/** RFC 3339 with up to microseconds, or a count of UTC microseconds. */
const Time = Type.String({ minLength: 15, maxLength: 40 });

const maxStepBackMicros = 60 * 1_000_000;

function timeOf(text: string, field: string): number {
  const micros = parseMicros(text);
  if (!Number.isSafeInteger(micros) || micros < 0)
    throw appError('INVALID_INPUT', { field, expected: 'RFC 3339' });
  return micros;
}

function rangeOf(query: { from: string; to: string }, mostMicros: number): [number, number] {
  const from = timeOf(query.from, 'from');
  const to = timeOf(query.to, 'to');
  if (to < from || to - from > mostMicros) {
    throw appError('INVALID_INPUT', {
      field: 'to',
      expected: `from ≤ to ≤ from + ${mostMicros / 1_000_000} s`,
    });
  }
  return [from, to];
}

/** Length-prefixed live messages in one body: what a player that steps back beyond its memory asks for. */
function packMessages(messages: readonly Buffer[]): Buffer {
  return Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );
}

/** Stills, clips and the state of a camera's media. The time of the picture is in the header `x-gridwatch-frame-at`. */
export const mediaRoutes: FastifyPluginAsyncTypebox<MediaRouteOptions> = async (
  app,
  { hub, authorizeCamera },
) => {
  app.get(
    '/cameras/:id/media',
    { schema: { params: CameraParams, response: { 200: CameraMedia } } },
    async (request) => {
      await authorizeCamera?.(request, request.params.id);
      return hub.status(request.params.id);
    },
  );

  app.get(
    '/cameras/:id/frame.jpg',
    {
      schema: {
        params: CameraParams,
        querystring: Type.Object({ at: Type.Optional(Time) }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await authorizeCamera?.(request, id);
      const at = request.query.at === undefined ? hub.nowMicros() : timeOf(request.query.at, 'at');
      const { jpeg, atMicros } = await hub.stillAt(id, at);
      reply.header('x-gridwatch-frame-at', formatMicros(atMicros));
      return reply.header('cache-control', 'private, no-store').type('image/jpeg').send(jpeg);
    },
  );

  app.get(
    '/cameras/:id/clip.mp4',
    {
      schema: {
        params: CameraParams,
        querystring: Type.Object({ from: Time, to: Time }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await authorizeCamera?.(request, id);
      const [from, to] = rangeOf(request.query, maxClipMicros);
      const { mp4, fromMicros } = await hub.clipBetween(id, from, to);
      reply.header('x-gridwatch-frame-at', formatMicros(fromMicros));
      return reply.header('cache-control', 'private, no-store').type('video/mp4').send(mp4);
    },
  );

  app.get(
    '/cameras/:id/units',
    {
      schema: {
        params: CameraParams,
        querystring: Type.Object(
          { from: Time, to: Time, mode: Type.Optional(LiveMode), origin: Type.Optional(Time) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await authorizeCamera?.(request, id);
      const [from, to] = rangeOf(request.query, maxStepBackMicros);
      const { config, units } = await hub.unitsBetween(id, from, to);
      const { mode, origin } = request.query;
      const originMicros = origin === undefined ? (units[0]?.atMicros ?? from) : timeOf(origin, 'origin');
      const { codec, width, height } = config;
      const { timeSource } = await hub.status(id);
      const description = config.description.toString('base64');
      const head = { codec, description, width, height, timeSource, originMicros };
      const messages = [
        Buffer.concat([encodeLiveHeader(liveKind.config, false, 0), Buffer.from(JSON.stringify(head))]),
      ];
      if (mode === 'mse')
        messages.push(Buffer.concat([encodeLiveHeader(liveKind.init, false, 0), encodeInit(config)]));
      units.forEach((unit, index) => {
        const kind = mode === 'mse' ? liveKind.fragment : liveKind.unit;
        const next = units[index + 1];
        const lastDurationMicros = next ? Math.max(1000, next.atMicros - unit.atMicros) : 40_000;
        const options = { sequence: index + 1, originMicros, lastDurationMicros };
        if (mode === 'mse' && unit.atMicros - unit.compositionMicros < originMicros) return;
        const payload = mode === 'mse' ? encodeFragment([unit], options) : unit.data;
        messages.push(Buffer.concat([encodeLiveHeader(kind, unit.keyframe, unit.atMicros), payload]));
      });
      reply.header('cache-control', 'private, no-store');
      return reply.type('application/octet-stream').send(packMessages(messages));
    },
  );
};
