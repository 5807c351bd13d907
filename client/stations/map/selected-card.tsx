import type { PartFilter } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { CellCard } from '../../features/grid/cell-card.tsx';
import { DivisionCard } from '../../features/grid/division-card.tsx';
import { PartCard } from '../../features/parts/part-card.tsx';
import type { Selection, SelectionKind } from '../../map/selection.ts';
import { BuildingCard } from './building-card.tsx';
import { CameraCard } from './camera-card.tsx';
import { CaseCard } from './case-card.tsx';
import type { MapEdit } from './map-edit.ts';

export interface SelectedCardProps {
  selection: Selection;
  onSelect: (kind: SelectionKind, id: string) => void;
  onClose: () => void;
  onGoThere: (position: LonLat) => void;
  onGoToBounds: (bounds: readonly number[]) => void;
  onListParts: (filter: Omit<PartFilter, 'bbox'>) => void;
  onEdit: (edit: MapEdit) => void;
}

/** The one card of the one thing that is selected. */
export function SelectedCard(props: SelectedCardProps) {
  const { selection, onSelect, onClose, onGoThere, onGoToBounds, onListParts, onEdit } = props;
  const { kind, id } = selection;
  const openCase = (caseId: string) => onSelect('case', caseId);
  switch (kind) {
    case 'part':
      return (
        <PartCard
          code={id}
          onClose={onClose}
          onGoThere={onGoThere}
          onSelect={onSelect}
          onOpenCase={openCase}
          onEdit={(part) => onEdit({ kind: 'fields', part })}
          onMove={(part) => onEdit({ kind: 'move', part })}
        />
      );
    case 'cell':
      return (
        <CellCard
          code={id}
          onClose={onClose}
          onGoThere={onGoThere}
          onSelectDivision={(code) => onSelect('division', code)}
          onOpenCase={openCase}
          onListParts={onListParts}
          onRedraw={(cell) => onEdit({ kind: 'outline', cell, round: 0 })}
        />
      );
    case 'division':
      return (
        <DivisionCard
          code={id}
          onClose={onClose}
          onGoThere={onGoToBounds}
          onSelectDivision={(code) => onSelect('division', code)}
          onListParts={onListParts}
        />
      );
    case 'building':
      return <BuildingCard id={id} onClose={onClose} onGoThere={onGoThere} />;
    case 'camera':
      return <CameraCard id={id} onClose={onClose} onGoThere={onGoThere} />;
    case 'case':
      return <CaseCard id={id} onClose={onClose} />;
  }
}
