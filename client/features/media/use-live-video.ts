import { useEffect, useRef, useState, type RefObject } from 'react';
import type { LiveStateMessage, TimeSource } from '#contract/media';
import { LiveConnection } from './live-connection.ts';
import { chooseLiveMode, type LivePlayer, type ShownFrame } from './live-player.ts';
import { MsePlayer } from './mse-player.ts';
import { WebCodecsPlayer } from './webcodecs-player.ts';

export interface LiveVideo {
  player: RefObject<LivePlayer | null>;
  /** What the server said last; `null` before it said anything. */
  server: LiveStateMessage | null;
  socket: 'opening' | 'open' | 'lost' | 'gone';
  unplayable: boolean;
  timeSource: TimeSource;
  /** How far the picture on the screen is behind the server's clock, milliseconds; `null` without a picture. */
  delayMs: () => number | null;
  serverNowMicros: () => number;
}

/** Connects a player to a camera for as long as the component lives, and puts its element into `stage`. */
export function useLiveVideo(
  cameraId: string,
  stage: RefObject<HTMLDivElement | null>,
  onFrame: ((frame: ShownFrame) => void) | undefined,
): LiveVideo {
  const player = useRef<LivePlayer | null>(null);
  const connection = useRef<LiveConnection | null>(null);
  const frameListener = useRef(onFrame);
  const [server, setServer] = useState<LiveStateMessage | null>(null);
  const [socket, setSocket] = useState<LiveVideo['socket']>('opening');
  const [unplayable, setUnplayable] = useState(false);
  const [timeSource, setTimeSource] = useState<TimeSource>('receive');

  useEffect(() => {
    frameListener.current = onFrame;
  });

  useEffect(() => {
    const mode = chooseLiveMode();
    const events = {
      onFrame: (frame: ShownFrame) => frameListener.current?.(frame),
      onUnplayable: () => setUnplayable(true),
    };
    const shown =
      mode === 'webcodecs' ? new WebCodecsPlayer(cameraId, events) : new MsePlayer(cameraId, events);
    player.current = shown;
    stage.current?.replaceChildren(shown.element);
    const link = new LiveConnection(cameraId, mode, {
      onConfig(config) {
        setUnplayable(false);
        setTimeSource(config.timeSource);
        shown.takeConfig(config);
      },
      onPicture: (message) => shown.takePicture(message),
      onState: setServer,
      onSocket: setSocket,
    });
    connection.current = link;
    return () => {
      link.close();
      shown.close();
      shown.element.remove();
      player.current = null;
      connection.current = null;
      setServer(null);
      setSocket('opening');
      setUnplayable(false);
    };
  }, [cameraId, stage]);

  const serverNowMicros = () => connection.current?.serverNowMicros() ?? Date.now() * 1000;
  const delayMs = () => {
    const frame = player.current?.shown();
    return frame ? Math.max(0, (serverNowMicros() - frame.atMicros) / 1000) : null;
  };
  return { player, server, socket, unplayable, timeSource, delayMs, serverNowMicros };
}
