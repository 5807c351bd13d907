import { OutlineEdit } from '../../features/grid/outline-edit.tsx';
import { AddPart } from '../../features/parts/add-part.tsx';
import { EditPart } from '../../features/parts/edit-part.tsx';
import { MovePart } from '../../features/parts/move-part.tsx';
import type { MapEdit } from './map-edit.ts';

interface EditCardProps {
  edit: MapEdit;
  onChange: (edit: MapEdit | null) => void;
  onSelectPart: (code: string) => void;
}

/** The form of what is being edited; the map beside it takes the clicks. */
export function EditCard({ edit, onChange, onSelectPart }: EditCardProps) {
  const close = () => onChange(null);
  switch (edit.kind) {
    case 'add':
      return (
        <AddPart
          position={edit.at}
          onClose={close}
          onAdded={(part) => {
            close();
            onSelectPart(part.code);
          }}
        />
      );
    case 'fields':
      return <EditPart key={edit.part.code} part={edit.part} onClose={close} />;
    case 'move':
      return <MovePart key={edit.part.code} part={edit.part} to={edit.to} onClose={close} />;
    case 'outline':
      return (
        <OutlineEdit
          key={edit.cell.code}
          cell={edit.cell}
          drawn={edit.drawn}
          onClose={close}
          onAgain={() => onChange({ kind: 'outline', cell: edit.cell, round: edit.round + 1 })}
        />
      );
  }
}
