import {
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useTranslation } from 'react-i18next';
import { formatMicros } from '#contract/media';
import type { LivePlayer, ShownFrame } from './live-player.ts';
import { fitPicture } from './picture-rect.ts';
import { useLiveVideo } from './use-live-video.ts';
import { VideoControls } from './video-controls.tsx';
import { VideoState } from './video-state.tsx';
import styles from './video-tile.module.css';

export interface CapturedStill {
  jpeg: Blob;
  atMicros: number;
  /** The same time as RFC 3339 UTC. */
  at: string;
}

export interface VideoTileHandle {
  /** The picture on the screen; `null` before the first. */
  currentFrame(): ShownFrame | null;
  /** JPEG of the very frame on the screen at full decoded resolution. Rejects before the first picture. */
  captureStill(): Promise<CapturedStill>;
  pause(): void;
  /** Back to the newest picture. */
  play(): void;
  /** Where the decoded picture lies in the window, without the bars beside it; `null` before the first picture. */
  pictureRect(): DOMRect | null;
}

export interface VideoTileProps {
  cameraId: string;
  name?: string;
  /** The name for those who do not see it, where the picture need not carry it. */
  label?: string;
  onFrame?: (frame: ShownFrame) => void;
  /** Drawn over the tile, under its controls. */
  overlay?: ReactNode;
  ref?: Ref<VideoTileHandle>;
}

/** Longest stride of a key: one second. */
const second = { micros: 1_000_000 };

/** One camera's live picture: says its state, heals by itself, pauses and steps back. */
export function VideoTile(props: VideoTileProps) {
  return <CameraTile key={props.cameraId} {...props} />;
}

function CameraTile({ cameraId, name, label, onFrame, overlay, ref }: VideoTileProps) {
  const { t } = useTranslation('media');
  const stage = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const video = useLiveVideo(cameraId, stage, onFrame);
  const labelId = useId();
  const { player } = video;

  const pause = () => {
    player.current?.pause();
    setPaused(true);
  };
  const play = () => {
    player.current?.goLive();
    setPaused(false);
  };
  const step = (by: Parameters<LivePlayer['step']>[0]) => {
    pause();
    void player.current?.step(by);
  };

  useImperativeHandle(ref, () => ({
    currentFrame: () => player.current?.shown() ?? null,
    async captureStill() {
      if (!player.current) throw new Error('there is no picture yet');
      const still = await player.current.captureStill();
      return { ...still, at: formatMicros(still.atMicros) };
    },
    pause,
    play,
    pictureRect() {
      const frame = player.current?.shown();
      return frame && stage.current ? fitPicture(stage.current.getBoundingClientRect(), frame) : null;
    },
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const side = event.key === 'ArrowLeft' ? -1 : 1;
    if (event.key === ' ') (paused ? play : pause)();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      step(event.shiftKey ? { micros: side * second.micros } : { frames: side });
    } else return;
    event.preventDefault();
  };

  return (
    <section className={styles.tile} tabIndex={0} aria-labelledby={labelId} onKeyDown={onKeyDown}>
      <div ref={stage} className={styles.stage} />
      {overlay}
      <div className={styles.head}>
        <span id={labelId} className={name ? styles.name : styles.hidden}>
          {name ?? label ?? t('tile.video')}
        </span>
        <VideoState video={video} paused={paused} />
      </div>
      <VideoControls paused={paused} onPause={pause} onPlay={play} onStep={step} />
    </section>
  );
}
