import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { LonLat } from '#contract/shared';
import { fetchJson } from '../../features/access/fetch-json.ts';
import { CardSection, Facts, ThingCard } from '../../features/grid/thing-card.tsx';
import { useMeasures } from '../../features/grid/use-measures.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { CardState } from './card-state.tsx';

const METRES_PER_STOREY = 3;

export const buildingQuery = (id: string) =>
  queryOptions({
    queryKey: ['buildings', id],
    queryFn: ({ signal }) =>
      fetchJson<Feature<Polygon | MultiPolygon, Record<string, unknown>>>(
        `/ogc/collections/buildings/items/${encodeURIComponent(id)}`,
        { signal },
      ),
    staleTime: 60_000,
  });

/** A corner of it: near enough to look at. */
export function cornerOf({ coordinates }: Polygon | MultiPolygon): LonLat {
  const [lon, lat] = coordinates.flat(3);
  return { lon: Number(lon), lat: Number(lat) };
}

interface BuildingCardProps {
  id: string;
  onClose: () => void;
  onGoThere: (position: LonLat) => void;
}

/** A building as the register has it. */
export function BuildingCard({ id, onClose, onGoThere }: BuildingCardProps) {
  const { t } = useTranslation('register');
  const language = useLanguage();
  const measures = useMeasures();
  const { data, error, refetch } = useQuery(buildingQuery(id));
  if (!data) {
    return (
      <ThingCard kind={t('building.title')} title={id} onClose={onClose}>
        <CardState error={error} gone={t('building.gone')} onRetry={() => void refetch()} />
      </ThingCard>
    );
  }
  const text = (...keys: string[]) =>
    keys
      .map((key) => data.properties[key])
      .find((value): value is string => typeof value === 'string' && value !== '');
  const title =
    language === 'en'
      ? text('nameEn', 'name_en', 'nameZh', 'name_zh', 'name')
      : text('nameZh', 'name_zh', 'name', 'nameEn', 'name_en');
  const height = data.properties['heightMetres'] ?? data.properties['height_m'] ?? data.properties['height'];
  const position = cornerOf(data.geometry);
  return (
    <ThingCard
      kind={t('building.title')}
      title={title ?? t('building.unnamed')}
      code={id}
      onClose={onClose}
      onGoThere={() => onGoThere(position)}
    >
      <CardSection title={t('part.facts')}>
        <Facts
          rows={[
            [
              t('building.height'),
              typeof height === 'number' &&
                `${t('building.metres', { value: measures.number(height) })} · ${t('building.storeys', {
                  count: Math.max(1, Math.round(height / METRES_PER_STOREY)),
                })}`,
            ],
            ...(text('use', 'kind') ? ([[t('building.use'), text('use', 'kind')]] as const) : []),
            [t('position'), measures.position(position)],
          ]}
        />
      </CardSection>
    </ThingCard>
  );
}
