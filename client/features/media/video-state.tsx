import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveReason, LiveState } from '#contract/media';
import type { LiveVideo } from './use-live-video.ts';
import styles from './video-tile.module.css';

type TileReason = LiveReason | 'SERVER_UNREACHABLE' | 'UNPLAYABLE';

/** A picture this old is no longer live. */
const lateMs = 2000;
const refreshMs = 500;

function judge(video: LiveVideo, paused: boolean): { state: LiveState; reason?: TileReason } {
  const { server, socket, unplayable } = video;
  if (socket === 'gone') return { state: 'off', reason: 'CAMERA_UNKNOWN' };
  if (socket === 'lost') return { state: 'lost', reason: 'SERVER_UNREACHABLE' };
  if (unplayable) return { state: 'lost', reason: 'UNPLAYABLE' };
  if (!server) return { state: 'connecting' };
  if (server.state === 'off' && server.reason === 'NOT_WATCHED') return { state: 'connecting' };
  const delay = video.delayMs();
  if (server.state === 'live' && delay === null) return { state: 'connecting' };
  if (server.state === 'live' && !paused && delay !== null && delay > lateMs) return { state: 'late' };
  return { state: server.state, ...(server.reason ? { reason: server.reason } : {}) };
}

/** The chip that says what the tile shows: live with its delay, late, lost and why, or paused at a time. */
export function VideoState({ video, paused }: { video: LiveVideo; paused: boolean }) {
  const { t, i18n } = useTranslation('media');
  const [, refresh] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => refresh((count) => count + 1), refreshMs);
    return () => window.clearInterval(timer);
  }, []);

  const { state, reason } = judge(video, paused);
  const delay = video.delayMs();
  const shown = video.player.current?.shown();
  const retryAt = state === 'lost' ? video.server?.retryAtMicros : undefined;
  const retrySeconds = retryAt === undefined ? 0 : Math.ceil((retryAt - video.serverNowMicros()) / 1_000_000);
  const time = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 1,
    hour12: false,
    timeZone: 'Asia/Shanghai',
  });
  const details = [
    reason && t(`reason.${reason}`),
    state === 'lost' &&
      (retrySeconds > 0 ? t('tile.retryIn', { seconds: retrySeconds }) : t('tile.retrying')),
    (state === 'live' || state === 'late') &&
      !paused &&
      delay !== null &&
      t('tile.delay', { seconds: (delay / 1000).toFixed(1) }),
  ].filter((text) => typeof text === 'string');
  return (
    <>
      {paused && shown && (
        <span className={styles.chip} data-state="paused" title={t(`tile.${video.timeSource}Time`)}>
          {t('tile.pausedAt', { time: time.format(shown.atMicros / 1000) })}
        </span>
      )}
      <span className={styles.chip} data-state={state} role="status">
        <span className={styles.mark} aria-hidden />
        <span>{t(`state.${state}`)}</span>
        {details.map((text) => (
          <span
            key={text}
            className={styles.detail}
            aria-hidden={text === details.at(-1) && state === 'live'}
          >
            {text}
          </span>
        ))}
      </span>
    </>
  );
}
