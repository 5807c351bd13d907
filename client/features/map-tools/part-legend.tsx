import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { partSprite, partSpritePixels, type PartIcon } from '../../map/parts/part-icon.ts';
import styles from './layer-panel.module.css';

const shown = [
  ['manhole', 'P01'],
  ['grate', 'P01'],
  ['lamp', 'P01'],
  ['hydrant', 'P01'],
  ['cabinet', 'P01'],
  ['pole', 'P01'],
  ['sign', 'P02'],
  ['fence', 'P02'],
  ['bin', 'P03'],
  ['tree', 'P04'],
] as const;

/** The icons of the common classes, and how a part that is not intact is marked. */
export function PartLegend() {
  const { t } = useTranslation('map');
  return (
    <details className={styles.legend}>
      <summary>{t('legend')}</summary>
      <ul>
        {shown.map(([icon, classId]) => (
          <li key={icon}>
            <Icon icon={icon} classId={classId} state="intact" />
            {t(`icons.${icon}`)}
          </li>
        ))}
        <li>
          <Icon icon="lamp" classId="P01" state="damaged" />
          {t('legendDamaged')}
        </li>
        <li>
          <Icon icon="lamp" classId="P01" state="missing" />
          {t('legendMissing')}
        </li>
        <li>
          <Icon icon="lamp" classId="P01" state="abandoned" />
          {t('legendAbandoned')}
        </li>
      </ul>
    </details>
  );
}

function Icon({ icon, classId, state }: { icon: PartIcon; classId: string; state: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.clearRect(0, 0, 2 * partSpritePixels, 2 * partSpritePixels);
    context?.drawImage(partSprite(icon, classId, state, 2), 0, 0);
  }, [icon, classId, state]);
  return (
    <canvas ref={canvas} width={2 * partSpritePixels} height={2 * partSpritePixels} aria-hidden="true" />
  );
}
