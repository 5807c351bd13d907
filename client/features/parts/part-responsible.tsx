import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/parts';
import type { Resolution } from '#contract/units';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { fetchJson } from '../access/fetch-json.ts';
import { Facts, Nothing } from '../grid/thing-card.tsx';

const resolveQuery = ({ class: classId, code, position }: Part) =>
  queryOptions({
    queryKey: ['resolve', classId, code, position.lon, position.lat],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        class: classId,
        part: code,
        lon: String(position.lon),
        lat: String(position.lat),
      });
      return fetchJson<Resolution>(`/resolve?${query}`, { signal });
    },
  });

/** Who would answer for this part if something were wrong with it now, and why. */
export function PartResponsible({ part }: { part: Part }) {
  const { t } = useTranslation('register');
  const name = useName();
  const { data, error } = useQuery(resolveQuery(part));
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Nothing>{t('loading')}…</Nothing>;
  return (
    <>
      <p>{name(data.why)}</p>
      <Facts rows={[[t('part.unitNow'), data.unit ? name(data.unit.name) : t('part.unitNone')]]} />
    </>
  );
}
