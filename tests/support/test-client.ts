import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '#contract/realtime';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

/** A caller with a cookie jar: real HTTP and real sockets. */
export class TestClient {
  readonly origin: string;
  cookie = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  async enter(username: string): Promise<void> {
    const answer = await this.call('POST', '/session/sample', { username });
    if (answer.status !== 200) throw new Error(`cannot enter as ${username}: ${JSON.stringify(answer.body)}`);
  }

  get<T>(path: string) {
    return this.call<T>('GET', path);
  }
  post<T>(path: string, body?: unknown, headers?: Record<string, string>) {
    return this.call<T>('POST', path, body, headers);
  }

  /** `path` is below /api/v1. A string, bytes or form goes as it is, anything else as JSON. */
  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie()[0];
    if (set) this.cookie = set.split(';')[0] ?? '';
    const type = response.headers.get('content-type') ?? '';
    const content: unknown = type.includes('json')
      ? await response.json()
      : Buffer.from(await response.arrayBuffer());
    return { status: response.status, body: content as T, headers: response.headers };
  }

  /** A connected socket; rejects with the server's refusal. */
  connect(): Promise<Socket<ServerEvents, ClientEvents>> {
    const socket: Socket<ServerEvents, ClientEvents> = io(this.origin, {
      transports: ['websocket'],
      extraHeaders: { cookie: this.cookie },
      forceNew: true,
      reconnection: false,
    });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('connect_error', (error) => {
        socket.close();
        reject(error);
      });
    });
  }
}
