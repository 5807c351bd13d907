import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { Panel } from '../../ui/panel.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { ApiError } from '../access/fetch-json.ts';
import { ResolutionPanel } from '../units/resolution-panel.tsx';
import styles from './framing-facts.module.css';
import type { LocalProjection } from './local-projection.ts';
import type { ServerPreview } from './use-framing-preview.ts';

/** Closer than this nobody can point, and no map is drawn. */
const LEAST_ERROR_METRES = 0.1;

interface FramingFactsProps {
  local: LocalProjection;
  preview: ServerPreview | undefined;
  className?: string;
}

/** Where the rectangle lies, how surely, and who would be responsible by which limit and why. */
export function FramingFacts({ local, preview, className }: FramingFactsProps) {
  const { t } = useTranslation('framing');
  const name = useName();
  const data = preview?.data;
  const refusal = local && !local.ok ? new ApiError(`RECTANGLE_${local.reason}`, 422) : preview?.error;
  const resolution = data?.resolution;
  const part = data?.parts[0];
  return (
    <Panel title={t('facts')} {...(className ? { className } : {})}>
      <ErrorNote error={refusal} />
      {!refusal && (
        <dl className={styles.facts} aria-live="polite">
          <dt>{t('place')}</dt>
          <dd>
            {data ? data.divisionNames.map(name).join(' · ') : '—'}
            {(data?.place === 'carriageway' || data?.place === 'footway') &&
              ` · ${t(`surface.${data.place}`)}`}
          </dd>
          <dt>{t('cell')}</dt>
          <dd>{data?.cell.code ?? '—'}</dd>
          <dt>{t('accuracy')}</dt>
          <dd>
            {local?.ok
              ? t('accuracyIs', {
                  error: Math.max(LEAST_ERROR_METRES, local.ellipse.semiMajorMetres).toFixed(1),
                  distance: local.distanceMetres.toFixed(0),
                })
              : '—'}
          </dd>
          <dt>{t('nearestPart')}</dt>
          <dd>
            {part
              ? t('partIs', {
                  name: name(part.className),
                  distance: part.distanceMetres.toFixed(1),
                  code: part.code,
                })
              : '—'}
          </dd>
          {!resolution && (
            <>
              <dt>{t('unit')}</dt>
              <dd className={styles.unit}>{t('unitAfterClass')}</dd>
            </>
          )}
        </dl>
      )}
      {!refusal && resolution && <ResolutionPanel resolution={resolution} />}
    </Panel>
  );
}
