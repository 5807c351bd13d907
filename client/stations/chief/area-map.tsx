import type { CaseSummary } from '#contract/cases';
import { MapPanel } from '../../features/grid/map-panel.tsx';
import { useCase } from '../../realtime/live-store.tsx';

interface AreaMapProps {
  cases: CaseSummary[];
  division: string;
  selectedCaseId: string | undefined;
  onOpen: (id: string) => void;
}

/** The area outlined, and the case that was opened. */
export function AreaMap({ cases, division, selectedCaseId, onOpen }: AreaMapProps) {
  const selected = useCase(selectedCaseId);
  return (
    <MapPanel
      mode="chief"
      cases={cases}
      onSelectCase={onOpen}
      highlightDivision={division}
      selectedCaseId={selectedCaseId}
      focus={selected && { ...selected.position, rangeMetres: 600, key: `case ${selected.id}` }}
    />
  );
}
