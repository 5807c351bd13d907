import {
  BackwardOutlined,
  CaretRightOutlined,
  ForwardOutlined,
  PauseOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LivePlayer } from './live-player.ts';
import styles from './video-tile.module.css';

interface VideoControlsProps {
  paused: boolean;
  onPause: () => void;
  onPlay: () => void;
  onStep: (by: Parameters<LivePlayer['step']>[0]) => void;
}

/** Pause, go live, and steps by frame and by second. */
export function VideoControls({ paused, onPause, onPlay, onStep }: VideoControlsProps) {
  const { t } = useTranslation('media');
  const button = (label: string, icon: ReactNode, onClick: () => void) => (
    <button type="button" className={styles.button} aria-label={label} title={label} onClick={onClick}>
      {icon}
    </button>
  );
  return (
    <div className={styles.controls} data-paused={paused || undefined}>
      {button(t('tile.secondBack'), <BackwardOutlined />, () => onStep({ micros: -1_000_000 }))}
      {button(t('tile.frameBack'), <StepBackwardOutlined />, () => onStep({ frames: -1 }))}
      {paused
        ? button(t('tile.play'), <CaretRightOutlined />, onPlay)
        : button(t('tile.pause'), <PauseOutlined />, onPause)}
      {button(t('tile.frameForward'), <StepForwardOutlined />, () => onStep({ frames: 1 }))}
      {button(t('tile.secondForward'), <ForwardOutlined />, () => onStep({ micros: 1_000_000 }))}
      {paused && (
        <button type="button" className={styles.goLive} onClick={onPlay}>
          {t('tile.goLive')}
        </button>
      )}
    </div>
  );
}
