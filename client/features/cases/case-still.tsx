import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import type { Box } from '#contract/shared';
import { StateNote } from '../../ui/state-note.tsx';
import { useFormats } from '../clock/use-formats.ts';
import { attachmentUrl } from './api.ts';
import styles from './case-still.module.css';

/** The kept still with the rectangle that was drawn on it. */
export function CaseStill({ one }: { one: Pick<CaseDetail, 'stillId' | 'framing' | 'className'> }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  const [failed, setFailed] = useState(false);
  if (!one.stillId) return <StateNote kind="empty" title={t('noStill')} />;
  if (failed) return <StateNote kind="error" title={t('stillFailed')} />;
  const box = one.framing && isBox(one.framing.box) ? one.framing.box : undefined;
  return (
    <figure className={styles.figure}>
      <div className={styles.picture}>
        <img src={attachmentUrl(one.stillId)} alt={t('stillAlt')} onError={() => setFailed(true)} />
        {box && (
          <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect {...box} className={styles.shadow} />
            <rect {...box} className={styles.box} />
          </svg>
        )}
      </div>
      {one.framing && (
        <figcaption className={styles.caption}>
          {t('framedAt', { at: formats.dateTime(Date.parse(one.framing.at)), camera: one.framing.cameraId })}
        </figcaption>
      )}
    </figure>
  );
}

function isBox(value: unknown): value is Box {
  return (
    typeof value === 'object' &&
    value !== null &&
    'x' in value &&
    'y' in value &&
    'width' in value &&
    'height' in value
  );
}
