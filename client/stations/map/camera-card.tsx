import { VideoCameraOutlined } from '@ant-design/icons';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Camera } from '#contract/cameras';
import type { LonLat } from '#contract/shared';
import { fetchJson } from '../../features/access/fetch-json.ts';
import { stationsOfRole } from '../../features/access/station-of-role.ts';
import { useMe } from '../../features/access/use-me.ts';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { CardSection, Facts, ThingCard } from '../../features/grid/thing-card.tsx';
import { useMeasures } from '../../features/grid/use-measures.ts';
import { useName } from '../../i18n/use-language.ts';
import { CardState } from './card-state.tsx';
import styles from './cards.module.css';

const cameraQuery = (id: string) =>
  queryOptions({
    queryKey: ['cameras', 'one', id],
    queryFn: ({ signal }) => fetchJson<Camera>(`/cameras/${encodeURIComponent(id)}`, { signal }),
  });

interface CameraCardProps {
  id: string;
  onClose: () => void;
  onGoThere: (position: LonLat) => void;
}

/** A camera: its latest frame, how well it measures, and the way to its live picture. */
export function CameraCard({ id, onClose, onGoThere }: CameraCardProps) {
  const { t } = useTranslation('register');
  const me = useMe();
  const name = useName();
  const measures = useMeasures();
  const divisionName = useDivisionName();
  const { data: camera, error, refetch } = useQuery(cameraQuery(id));
  if (!camera) {
    return (
      <ThingCard kind={t('camera.title')} title={id} onClose={onClose}>
        <CardState error={error} gone={t('camera.gone')} onRetry={() => void refetch()} />
      </ThingCard>
    );
  }
  const mayWatch = stationsOfRole(me.role).includes('operator');
  const rmse = camera.quality?.rmseMetres;
  return (
    <ThingCard
      kind={t('camera.title')}
      title={name(camera.name)}
      onClose={onClose}
      onGoThere={() => onGoThere(camera.position)}
      actions={
        mayWatch && (
          <Link to="/operator" search={{ layout: 1, cameras: camera.id }} className={styles.watch}>
            <VideoCameraOutlined aria-hidden /> {t('camera.watch')}
          </Link>
        )
      }
    >
      <CardSection title={t('part.facts')}>
        <Facts
          rows={[
            [
              t('division.title'),
              `${divisionName(camera.subdistrictCode)} · ${divisionName(camera.communityCode)}`,
            ],
            [t('position'), measures.position(camera.position)],
            [
              t('camera.title'),
              [
                t(camera.model ? 'camera.calibrated' : 'camera.notCalibrated'),
                ...(rmse === undefined ? [] : [t('camera.precision', { value: rmse.toFixed(2) })]),
                ...(camera.model
                  ? [t('camera.range', { value: measures.number(camera.model.rangeMetres) })]
                  : []),
              ].join(' · '),
            ],
          ]}
        />
      </CardSection>
    </ThingCard>
  );
}
