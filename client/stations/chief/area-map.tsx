import { useQuery } from '@tanstack/react-query';
import type { CaseSummary } from '#contract/cases';
import { divisionsQuery } from '../../features/grid/api.ts';
import { focusOnDivision } from '../../features/grid/focus-on-division.ts';
import { MapPanel } from '../../features/grid/map-panel.tsx';

interface AreaMapProps {
  cases: CaseSummary[];
  division: string;
  selectedCaseId: string | undefined;
  onOpen: (id: string) => void;
}

export function AreaMap({ cases, division, selectedCaseId, onOpen }: AreaMapProps) {
  const { data } = useQuery(divisionsQuery);
  const place = data?.find(({ code, level }) => code === division && level !== 'district');
  return (
    <MapPanel
      mode="chief"
      cases={cases}
      onSelectCase={onOpen}
      highlightDivision={division}
      {...(selectedCaseId ? { selectedCaseId } : {})}
      {...(place ? { focus: focusOnDivision(place) } : {})}
    />
  );
}
