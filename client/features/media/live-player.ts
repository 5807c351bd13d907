import type { LiveConfig, LiveMode } from '#contract/media';
import type { PictureMessage } from './live-connection.ts';

export interface ShownFrame {
  atMicros: number;
  /** Full decoded resolution. */
  width: number;
  height: number;
}

/** Draws a camera's pictures on an element of its own. Steps only while paused. */
export interface LivePlayer {
  readonly element: HTMLCanvasElement | HTMLVideoElement;
  takeConfig(config: LiveConfig): void;
  takePicture(message: PictureMessage): void;
  shown(): ShownFrame | null;
  pause(): void;
  /** Back to the newest picture. */
  goLive(): void;
  /** Earlier (negative) or later frames, or microseconds; resolves when the picture stands. */
  step(by: { frames: number } | { micros: number }): Promise<void>;
  /** JPEG of the very frame on the screen. Rejects when there is none yet. */
  captureStill(): Promise<{ jpeg: Blob; atMicros: number }>;
  close(): void;
}

export interface PlayerEvents {
  onFrame(frame: ShownFrame): void;
  /** The browser cannot play what the camera sends. */
  onUnplayable(): void;
}

/** WebCodecs exists only where the page is secure: HTTPS or localhost. */
export function chooseLiveMode(): LiveMode {
  return window.isSecureContext && 'VideoDecoder' in window ? 'webcodecs' : 'mse';
}

const stillQuality = 0.92;

export function encodeStill(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (jpeg) => (jpeg ? resolve(jpeg) : reject(new Error('the picture cannot be encoded'))),
      'image/jpeg',
      stillQuality,
    );
  });
}
