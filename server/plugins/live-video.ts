import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import { SESSION_COOKIE } from '../access/routes.ts';
import { findSessionUser } from '../access/service.ts';
import { getCamera } from '../cameras/service.ts';
import type { Context } from '../context.ts';
import { AppError, appError } from '../errors.ts';
import { handleLiveUpgrade, readLivePath } from '../media/live-upgrade.ts';
import { isOwnSite } from './security.ts';

const SOCKET_IO_PATH = '/socket.io/';

export interface LiveVideo {
  /** Hangs up on the video sockets of a user whose session ended. */
  endSockets: (who: { userId: string }) => void;
}

/**
 * Answers the upgrades of live video, and hangs up on any that is neither ours nor Socket.IO's. Both share the one
 * `upgrade` event and tell themselves apart by the path.
 */
export function installLiveVideo(httpServer: HttpServer, context: Context): LiveVideo {
  const socketsOf = new Map<string, Set<Duplex>>();

  async function authenticate(request: IncomingMessage, cameraId: string): Promise<string> {
    if (!isOwnSite(request.headers)) throw appError('CROSS_SITE_REFUSED');
    const token = fastifyCookie.parse(request.headers.cookie ?? '')[SESSION_COOKIE];
    if (!token) throw appError('NOT_SIGNED_IN');
    const user = await findSessionUser(context, token);
    if (user === 'expired') throw appError('SESSION_EXPIRED');
    await getCamera(context.db, user.scope, cameraId);
    return user.id;
  }

  function remember(userId: string, socket: Duplex) {
    const sockets = socketsOf.get(userId) ?? new Set();
    socketsOf.set(userId, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) socketsOf.delete(userId);
    });
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, cameraId: string) {
    try {
      const userId = await authenticate(request, cameraId);
      if (socket.destroyed) return;
      remember(userId, socket);
      await handleLiveUpgrade(context.media, request, socket, head);
    } catch (error) {
      if (!(error instanceof AppError)) context.log.error({ err: error }, 'a live video upgrade failed');
      refuse(socket, error instanceof AppError ? error : appError('INTERNAL'));
    }
  }

  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = request.url ?? '';
    if (url.startsWith(SOCKET_IO_PATH)) return;
    socket.on('error', () => socket.destroy());
    const live = readLivePath(url);
    if (live) void upgrade(request, socket, head, live.cameraId);
    else refuse(socket, appError('NOT_FOUND'));
  });

  return {
    endSockets({ userId }) {
      for (const socket of socketsOf.get(userId) ?? []) socket.destroy();
    },
  };
}

function refuse(socket: Duplex, error: AppError) {
  const body = JSON.stringify({ code: error.code, message: error.message });
  socket.end(
    `HTTP/1.1 ${error.status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
