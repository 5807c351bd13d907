import {
  decodeLiveHeader,
  liveClose,
  liveHeaderBytes,
  liveHeartbeatMs,
  liveKind,
  type LiveConfig,
  type LiveMode,
  type LiveStateMessage,
} from '#contract/media';

/** A message with pictures; `data` is an access unit, an init segment or a fragment, after `kind`. */
export interface PictureMessage {
  kind: number;
  keyframe: boolean;
  atMicros: number;
  data: Uint8Array<ArrayBuffer>;
}

export interface LiveListener {
  onConfig(config: LiveConfig): void;
  onPicture(message: PictureMessage): void;
  onState(message: LiveStateMessage): void;
  /** `gone`: the camera does not exist or may not be seen; it is not tried again. */
  onSocket(state: 'open' | 'lost' | 'gone'): void;
}

const backOffMs = { first: 500, most: 10_000 };
const clockSamples = 8;

/** Reads one message; anything that is not one is passed over. */
export function readLiveMessage(
  bytes: ArrayBuffer,
  listener: Pick<LiveListener, 'onConfig' | 'onPicture' | 'onState'>,
): void {
  if (bytes.byteLength < liveHeaderBytes) return;
  const { kind, keyframe, atMicros } = decodeLiveHeader(new DataView(bytes));
  const data = new Uint8Array(bytes, liveHeaderBytes);
  if (kind === liveKind.config) listener.onConfig(JSON.parse(new TextDecoder().decode(data)) as LiveConfig);
  else if (kind === liveKind.state)
    listener.onState(JSON.parse(new TextDecoder().decode(data)) as LiveStateMessage);
  else listener.onPicture({ kind, keyframe, atMicros, data });
}

/** The live socket of one camera: connects again by itself, also when the server has fallen silent. */
export class LiveConnection {
  private readonly url: string;
  private readonly listener: LiveListener;
  private socket: WebSocket | null = null;
  private timer: number | undefined;
  private attempts = 0;
  private heardMs = 0;
  private stopped = false;
  private offsets: number[] = [];

  constructor(cameraId: string, mode: LiveMode, listener: LiveListener) {
    const url = new URL(
      `/api/v1/cameras/${encodeURIComponent(cameraId)}/live?mode=${mode}`,
      window.location.href,
    );
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.url = url.href;
    this.listener = listener;
    this.connect();
    this.timer = window.setInterval(() => this.checkSilence(), liveHeartbeatMs);
  }

  /** The server's clock in UTC microseconds, from the least delayed of its latest messages. */
  serverNowMicros(): number {
    return Date.now() * 1000 + (this.offsets.length > 0 ? Math.max(...this.offsets) : 0);
  }

  close(): void {
    this.stopped = true;
    window.clearInterval(this.timer);
    this.socket?.close();
    this.socket = null;
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardMs = performance.now();
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      if (socket !== this.socket) return;
      this.heardMs = performance.now();
      readLiveMessage(event.data, { ...this.readers });
    };
    socket.onopen = () => {
      if (socket === this.socket) this.listener.onSocket('open');
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.lose(code);
    };
  }

  private readonly readers = {
    onConfig: (config: LiveConfig) => this.listener.onConfig(config),
    onPicture: (message: PictureMessage) => this.listener.onPicture(message),
    onState: (message: LiveStateMessage) => {
      this.attempts = 0;
      this.offsets = [...this.offsets, message.serverNowMicros - Date.now() * 1000].slice(-clockSamples);
      this.listener.onState(message);
    },
  };

  private lose(code: number): void {
    this.socket = null;
    if (this.stopped) return;
    const gone = code === liveClose.notFound;
    this.listener.onSocket(gone ? 'gone' : 'lost');
    if (gone) return this.close();
    const pause =
      Math.min(backOffMs.most, backOffMs.first * 2 ** this.attempts++) * (0.8 + Math.random() * 0.4);
    window.setTimeout(() => {
      if (!this.stopped && !this.socket) this.connect();
    }, pause);
  }

  private checkSilence(): void {
    const { socket } = this;
    if (!socket || performance.now() - this.heardMs < liveHeartbeatMs * 3) return;
    this.socket = null;
    socket.close();
    this.lose(liveClose.goingAway);
  }
}
