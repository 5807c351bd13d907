import type { Server as HttpServer } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import type { FastifyBaseLogger } from 'fastify';
import { Server, type Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '#contract/realtime';
import { SESSION_COOKIE } from '../access/routes.ts';
import { roomOfScope } from '../access/scope.ts';
import { findSessionUser } from '../access/service.ts';
import type { SessionUser } from '../access/session-user.ts';
import type { Clock } from '../clock/system-clock.ts';
import type { Database } from '../db/database.ts';
import { isOwnSite } from '../plugins/security.ts';
import type { FeedRow } from './repository.ts';
import { OpenViews } from './view-rooms.ts';
import { changesFor } from './visible-changes.ts';
import { mayWatch } from './watchable-rooms.ts';

interface SocketData {
  user: SessionUser;
  sessionToken: string;
  /** Rooms watched instead of the whole scope; empty: the whole scope. */
  watched: Set<string>;
  viewRoom: string;
}
type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** How often a socket's session is looked at again, and the lights' clock is told. */
const HELLO_MS = 20_000;
/** More rooms than a screen has panels. */
const MOST_WATCHED = 32;

export interface SocketServer {
  deliver: (rows: FeedRow[], range: { from: number; to: number }) => void;
  endSockets: (who: { userId: string }) => void;
  close: () => Promise<void>;
}

/** Socket.IO on the HTTP server: authenticates by the session cookie, cuts by scope, sends `changes` and `hello`. */
export function startSocketServer(
  httpServer: HttpServer,
  { db, clock, log }: { db: Database; clock: Clock; log: FastifyBaseLogger },
  lastSeq: () => number,
): SocketServer {
  const io = new Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    // The video sockets share the upgrade event: what is not ours is theirs.
    destroyUpgrade: false,
    maxHttpBufferSize: 64 * 1024,
    allowRequest: (request, answer) => answer(null, isOwnSite(request.headers)),
  });
  const views = new OpenViews();

  io.use((socket, next) => {
    authenticate(socket).then(
      () => next(),
      (error: unknown) => {
        if (error instanceof Error && /^[A-Z_]+$/.test(error.message)) return next(error);
        log.error({ err: error }, 'a socket could not be authenticated');
        next(new Error('BUSY'));
      },
    );
  });

  async function authenticate(socket: LiveSocket) {
    const token = fastifyCookie.parse(socket.handshake.headers.cookie ?? '')[SESSION_COOKIE];
    if (!token) throw new Error('NOT_SIGNED_IN');
    const user = await findSessionUser({ db, clock }, token);
    if (user === 'expired') throw new Error('SESSION_EXPIRED');
    socket.data = { user, sessionToken: token, watched: new Set(), viewRoom: '' };
  }

  const hello = () => ({ seq: lastSeq(), serverNow: clock.now().toISOString() });

  /** Moves the socket into the room of what it sees now. */
  function enterView(socket: LiveSocket) {
    const { data } = socket;
    const scopeRoom = roomOfScope(data.user.scope);
    const watched = new Set(data.watched.size === 0 ? [scopeRoom] : data.watched);
    const room = views.enter({ scopeRoom, watched });
    if (data.viewRoom) leaveView(socket);
    data.viewRoom = room;
    void socket.join(room);
  }

  function leaveView(socket: LiveSocket) {
    views.leave(socket.data.viewRoom);
    void socket.leave(socket.data.viewRoom);
  }

  io.on('connection', (socket) => {
    enterView(socket);
    socket.emit('hello', hello());
    socket.on('watch', (room, answer) => {
      if (typeof room !== 'string' || typeof answer !== 'function') return;
      const { user, watched } = socket.data;
      if (watched.size >= MOST_WATCHED) return answer({ ok: false });
      mayWatch(db, user.scope, room).then(
        (ok) => {
          if (ok && socket.connected) {
            watched.add(room);
            enterView(socket);
          }
          answer({ ok });
        },
        () => answer({ ok: false }),
      );
    });
    socket.on('unwatch', (room) => {
      if (typeof room === 'string' && socket.data.watched.delete(room)) enterView(socket);
    });
    socket.on('disconnect', () => leaveView(socket));
  });

  const timer = setInterval(() => {
    io.emit('hello', hello());
    for (const socket of io.sockets.sockets.values()) void checkSession(socket);
  }, HELLO_MS);
  timer.unref();

  /** A session that is over, or whose role or scope changed, loses its socket. */
  async function checkSession(socket: LiveSocket) {
    const { user, sessionToken } = socket.data;
    const found = await findSessionUser({ db, clock }, sessionToken).catch(() => user);
    const same =
      found !== 'expired' && found.role === user.role && roomOfScope(found.scope) === roomOfScope(user.scope);
    if (!same) end(socket);
  }

  return {
    deliver(rows, range) {
      const serverNow = clock.now().toISOString();
      for (const [room, view] of views) {
        io.to(room).emit('changes', { ...range, serverNow, changes: changesFor(rows, view) });
      }
    },
    endSockets({ userId }) {
      for (const socket of io.sockets.sockets.values()) if (socket.data.user.id === userId) end(socket);
    },
    async close() {
      clearInterval(timer);
      await io.close();
    },
  };
}

function end(socket: LiveSocket) {
  socket.emit('session-ended');
  socket.disconnect(true);
}
