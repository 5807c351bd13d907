import { useEffect, useRef, useState } from 'react';
import type { Camera } from '#contract/cameras';
import type { FramingResult } from '#contract/reports';
import { useName } from '../../i18n/use-language.ts';
import { newKey } from '../access/new-key.ts';
import { VideoTile, type VideoTileHandle } from '../media/video-tile.tsx';
import { boxOfDrag, isInside, isTooSmall, type PixelRect } from './box-of-drag.ts';
import { FramingChoice } from './framing-choice.tsx';
import { useFramingStore } from './framing-store.ts';
import styles from './framing-tile.module.css';
import type { ServerPreview } from './use-framing-preview.ts';

interface FramingTileProps {
  camera: Camera;
  preview: ServerPreview | undefined;
  onFiled: (result: FramingResult) => void;
}

/**
 * A camera's video to draw a rectangle on. The frame at which the rectangle is begun is kept and stands still while it
 * is drawn and decided on; the video goes on receiving below it.
 */
export function FramingTile({ camera, preview, onFiled }: FramingTileProps) {
  const name = useName();
  const video = useRef<VideoTileHandle>(null);
  const tile = useRef<HTMLDivElement>(null);
  const stopDrag = useRef<(() => void) | null>(null);
  const framing = useFramingStore((store) => (store.framing?.camera.id === camera.id ? store.framing : null));
  const [picture, setPicture] = useState<PixelRect>();
  /** The corner of the tile in the window. */
  const [origin, setOrigin] = useState({ x: 0, y: 0 });
  const follow = () => {
    const corner = tile.current?.getBoundingClientRect();
    setOrigin({ x: corner?.x ?? 0, y: corner?.y ?? 0 });
    setPicture(video.current?.pictureRect() ?? undefined);
  };

  useEffect(() => () => stopDrag.current?.(), []);
  useFollowPicture(framing !== null, follow);

  function onPointerDown(event: React.PointerEvent) {
    const rect = video.current?.pictureRect();
    const isControl =
      event.target instanceof Element &&
      event.target.closest('button, input, a, [role=slider], [role=dialog]');
    if (event.button !== 0 || isControl || !rect || !isInside(rect, { x: event.clientX, y: event.clientY }))
      return;
    event.preventDefault();
    stopDrag.current?.();
    follow();
    stopDrag.current = beginDrag({ x: event.clientX, y: event.clientY }, rect);
  }

  /** Follows the pointer wherever it goes; returns how to stop following. */
  function beginDrag(from: { x: number; y: number }, rect: PixelRect): () => void {
    const { begin, change, end } = useFramingStore.getState();
    const key = newKey();
    const boxAt = ({ clientX: x, clientY: y }: PointerEvent) => boxOfDrag(rect, from, { x, y });
    begin({ key, camera, box: boxOfDrag(rect, from, from), phase: 'drawing' });
    keepFrame(key);
    const onMove = (event: PointerEvent) => void change(key, { box: boxAt(event) });
    const onUp = (event: PointerEvent) => {
      stop();
      const box = boxAt(event);
      if (isTooSmall(box)) end();
      else change(key, { box, phase: 'choosing' });
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      stop();
      end();
    };
    const stop = () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onUp);
      window.removeEventListener('keydown', onKey);
      stopDrag.current = null;
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onUp);
    window.addEventListener('keydown', onKey);
    return stop;
  }

  /** Keeps the frame that is on the screen now. */
  function keepFrame(key: string) {
    const { change } = useFramingStore.getState();
    video.current?.captureStill().then(
      ({ jpeg, at }) => {
        const url = URL.createObjectURL(jpeg);
        if (!change(key, { frame: { jpeg, at, url } })) URL.revokeObjectURL(url);
      },
      () => change(key, { frameFailed: true }),
    );
  }

  const box = framing?.box;
  const drawn =
    framing && picture && box
      ? {
          x: picture.x + box.x * picture.width,
          y: picture.y + box.y * picture.height,
          width: box.width * picture.width,
          height: box.height * picture.height,
        }
      : undefined;
  const inTile = (rect: PixelRect) => ({
    left: rect.x - origin.x,
    top: rect.y - origin.y,
    width: rect.width,
    height: rect.height,
  });
  return (
    <div ref={tile} className={styles.tile} onPointerDown={onPointerDown} data-camera={camera.id}>
      <VideoTile ref={video} cameraId={camera.id} label={name(camera.name)} />
      {framing?.frame && picture && (
        <img
          className={styles.frame}
          src={framing.frame.url}
          alt=""
          style={inTile(picture)}
          draggable={false}
        />
      )}
      {drawn && <div className={styles.box} style={inTile(drawn)} data-box />}
      {framing?.phase === 'choosing' && drawn && (
        <FramingChoice
          key={framing.key}
          framing={framing}
          anchor={drawn}
          preview={preview}
          onFiled={onFiled}
        />
      )}
    </div>
  );
}

/** Keeps the rectangle on the picture when the window or the tile changes its size. */
function useFollowPicture(active: boolean, follow: () => void) {
  const latest = useRef(follow);
  useEffect(() => {
    latest.current = follow;
  });
  useEffect(() => {
    if (!active) return;
    const onResize = () => latest.current();
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, [active]);
}
