import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import {
  encodeLiveHeader,
  liveClose,
  liveHeartbeatMs,
  liveKind,
  type LiveKind,
  type LiveMode,
} from '#contract/media';
import { AppError } from '../errors.ts';
import type { StreamViewer } from './camera-stream.ts';
import type { MediaHub } from './media-hub.ts';

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1024 });

/** A viewer with more than this waiting to be sent is skipped to the next key frame… */
const slowBytes = 1024 * 1024;
/** …and one that takes nothing at all for this long is hung up on. */
const stuckMs = 30_000;

/** Camera and mode of a live path, `null` when the path is not one. */
export function readLivePath(url: string): { cameraId: string; mode: LiveMode } | null {
  if (!URL.canParse(url, 'http://localhost')) return null;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const part = /^\/api\/v1\/cameras\/([^/]{1,200})\/live$/.exec(pathname)?.[1];
  if (part === undefined) return null;
  const mode = searchParams.get('mode') === 'mse' ? 'mse' : 'webcodecs';
  try {
    return { cameraId: decodeURIComponent(part), mode };
  } catch {
    return null;
  }
}

/** Turns stream events into wire messages and keeps the memory of a slow viewer bounded. */
function createSocketViewer(socket: WebSocket, mode: LiveMode): StreamViewer {
  let skipping = false;
  const send = (kind: LiveKind, keyframe: boolean, atMicros: number, payload: Uint8Array) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(Buffer.concat([encodeLiveHeader(kind, keyframe, atMicros), payload]));
  };
  const sendJson = (kind: LiveKind, value: object) =>
    send(kind, false, 0, Buffer.from(JSON.stringify(value)));
  return {
    onConfig(config, init) {
      sendJson(liveKind.config, config);
      if (mode === 'mse') send(liveKind.init, false, 0, init());
      skipping = false;
    },
    onUnit(unit, fragment) {
      if (socket.bufferedAmount > slowBytes) skipping = true;
      else if (unit.keyframe && socket.bufferedAmount < slowBytes / 4) skipping = false;
      if (skipping) return;
      if (mode === 'mse') send(liveKind.fragment, unit.keyframe, unit.atMicros, fragment());
      else send(liveKind.unit, unit.keyframe, unit.atMicros, unit.data);
    },
    onState(message) {
      if (socket.bufferedAmount <= slowBytes) sendJson(liveKind.state, message);
    },
    onEnd() {
      socket.close(liveClose.goingAway);
      setTimeout(() => socket.terminate(), 1000).unref();
    },
  };
}

/** Pings, and hangs up when neither pong nor progress comes. */
function keepAlive(socket: WebSocket): void {
  let heardMs = Date.now();
  let waiting = 0;
  socket.on('pong', () => {
    heardMs = Date.now();
  });
  const timer = setInterval(() => {
    const { bufferedAmount } = socket;
    if (bufferedAmount < waiting) heardMs = Date.now();
    waiting = bufferedAmount;
    if (Date.now() - heardMs > stuckMs) socket.terminate();
    else socket.ping();
  }, liveHeartbeatMs * 2);
  timer.unref();
  socket.on('close', () => clearInterval(timer));
}

/**
 * Answers the upgrade of `/api/v1/cameras/{id}/live`. The caller has authenticated the request and checked that the
 * camera may be seen. Every path ends with the socket either upgraded or closed. The returned promise is for tests.
 */
export async function handleLiveUpgrade(
  hub: MediaHub,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const path = readLivePath(request.url ?? '');
  if (!path) {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const connection = await new Promise<WebSocket>((resolve) =>
    sockets.handleUpgrade(request, socket, head, resolve),
  );
  connection.on('error', () => connection.terminate());
  keepAlive(connection);
  try {
    const leave = await hub.watch(path.cameraId, createSocketViewer(connection, path.mode));
    if (connection.readyState === WebSocket.OPEN) connection.on('close', leave);
    else leave();
  } catch (error) {
    const unknown = error instanceof AppError && error.code === 'CAMERA_NOT_FOUND';
    connection.close(unknown ? liveClose.notFound : liveClose.goingAway);
  }
}
