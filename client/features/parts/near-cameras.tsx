import { VideoCameraOutlined } from '@ant-design/icons';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LonLat, Names } from '#contract/shared';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { metresBetween } from '../grid/metres-between.ts';
import { Nothing } from '../grid/thing-card.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import styles from './part-card.module.css';

const MOST = 4;

/** As much of a camera as an answer brings. */
interface NearCamera {
  id: string;
  name: Names;
  position?: LonLat;
  distanceMetres?: number;
  sees?: boolean;
}

const nearCamerasQuery = ({ lon, lat }: LonLat) =>
  queryOptions({
    queryKey: ['cameras', 'near', lon, lat],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ sees: `${lon},${lat}`, nearest: String(MOST) });
      return (await fetchJson<{ items: NearCamera[] }>(`/cameras?${query}`, { signal })).items;
    },
  });

/** The cameras near a place, and which of them see it. */
export function NearCameras({ position, onSelect }: { position: LonLat; onSelect: (id: string) => void }) {
  const { t } = useTranslation('register');
  const name = useName();
  const measures = useMeasures();
  const { data, error } = useQuery(nearCamerasQuery(position));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Nothing>{t('loading')}…</Nothing>;
  if (data.length === 0) return <Nothing>{t('part.noCameras')}</Nothing>;
  return (
    <ul className={styles.rows}>
      {data.map((camera) => {
        const metres =
          camera.distanceMetres ?? (camera.position ? metresBetween(camera.position, position) : undefined);
        return (
          <li key={camera.id}>
            <button type="button" className={styles.row} onClick={() => onSelect(camera.id)}>
              <VideoCameraOutlined aria-hidden />
              <span>{name(camera.name)}</span>
              <span className={styles.end}>
                {camera.sees !== undefined && t(camera.sees ? 'part.sees' : 'part.seesNot')}
                {metres !== undefined && ` · ${measures.distance(metres)}`}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
