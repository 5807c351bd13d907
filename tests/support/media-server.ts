import Fastify from 'fastify';
import { WebSocket } from 'ws';
import { decodeLiveHeader, liveHeaderBytes, liveKind, type LiveStateMessage } from '#contract/media';
import { AppError } from '../../server/errors.ts';
import { handleLiveUpgrade } from '../../server/media/live-upgrade.ts';
import { createMediaHub, type HubCamera, type MediaHubOptions } from '../../server/media/media-hub.ts';
import { mediaRoutes } from '../../server/media/routes.ts';

type Settings = Partial<MediaHubOptions> & {
  dataDir: string;
  clipsDir: string;
  /** Further pages: path to type and text. */
  routes?: Record<string, [type: string, text: string]>;
};

/** Hub, routes and live socket on a free port of the loopback, with the register in memory. */
export async function startMediaServer(
  cameras: readonly Omit<HubCamera, 'width' | 'height'>[],
  settings: Settings,
) {
  const warnings: string[] = [];
  const clients = new Set<LiveClient>();
  const register = new Map(cameras.map((camera) => [camera.id, { ...camera, width: 0, height: 0 }]));
  const hub = createMediaHub({
    ffmpegPath: 'ffmpeg',
    clock: { now: () => new Date() },
    logger: { warn: (_details, message) => warnings.push(message) },
    cameras: (id) => Promise.resolve(register.get(id) ?? null),
    ...settings,
  });
  const app = Fastify({ ajv: { customOptions: { removeAdditional: false } } });
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof AppError)) return reply.send(error);
    return reply.status(error.status).send({ code: error.code, details: error.details });
  });
  for (const [path, [type, text]] of Object.entries(settings.routes ?? {})) {
    app.get(path, (_request, reply) => reply.type(type).send(text));
  }
  await app.register(mediaRoutes, { prefix: '/api/v1', hub });
  app.server.on('upgrade', (request, socket, head) => void handleLiveUpgrade(hub, request, socket, head));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const base = `127.0.0.1:${address.port}/api/v1/cameras`;
  return {
    hub,
    app,
    warnings,
    port: address.port,
    http: (path: string) => fetch(`http://${base}/${path}`),
    live(cameraId: string, mode = 'webcodecs'): LiveClient {
      const client = connectLive(`ws://${base}/${cameraId}/live?mode=${mode}`);
      clients.add(client);
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await hub.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

export interface LiveMessage {
  kind: number;
  keyframe: boolean;
  atMicros: number;
  payload: Buffer;
  receivedMs: number;
}

export type LiveClient = ReturnType<typeof connectLive>;

/** A viewer that remembers what it got and can wait for a message that fits. */
export function connectLive(url: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const messages: LiveMessage[] = [];
  const waiting = new Set<() => void>();
  let closeCode: number | undefined;
  socket.on('message', (data: Buffer) => {
    const header = decodeLiveHeader(new DataView(data.buffer, data.byteOffset, data.length));
    messages.push({ ...header, payload: data.subarray(liveHeaderBytes), receivedMs: Date.now() });
    for (const check of waiting) check();
  });
  socket.on('close', (code) => {
    closeCode = code;
    for (const check of waiting) check();
  });
  socket.on('error', () => undefined);

  const until = <T>(find: () => T | undefined | false, what: string, timeoutMs = 20_000): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`${what} did not come; states: ${JSON.stringify(states().slice(-3))}`));
      }, timeoutMs);
      const check = () => {
        const found = find();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });

  const states = (): LiveStateMessage[] =>
    messages
      .filter((m) => m.kind === liveKind.state)
      .map((m) => JSON.parse(m.payload.toString()) as LiveStateMessage);
  const units = () => messages.filter((m) => m.kind === liveKind.unit);

  return {
    socket,
    messages,
    states,
    units,
    until,
    unitCount: (count: number) => until(() => units().length >= count && units(), `${count} access units`),
    state: (state: string, from = 0) =>
      until(
        () =>
          states()
            .slice(from)
            .find((one) => one.state === state),
        `the state ${state}`,
      ),
    closed: () => until(() => closeCode, 'the end of the socket'),
    close: () => socket.terminate(),
  };
}
