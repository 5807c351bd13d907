import { useMemo } from 'react';
import type { CaseSummary } from '#contract/cases';
import { MapPanel } from '../../features/grid/map-panel.tsx';
import type { DistrictMapProps, MapFocus } from '../../map/district-map.tsx';
import type { Framing } from '../../features/reports/framing-store.ts';
import type { LocalProjection } from '../../features/reports/local-projection.ts';
import type { ServerPreview } from '../../features/reports/use-framing-preview.ts';
import { useCase } from '../../realtime/live-store.tsx';

interface OperatorMapProps {
  cases: CaseSummary[];
  selectedCaseId: string | undefined;
  onOpen: (id: string) => void;
  onCamera: (id: string) => void;
  framing: Framing | null;
  local: LocalProjection;
  preview: ServerPreview | undefined;
}

/** The map follows the rectangle at every move by the browser's own projection; cell and parts come from the server. */
export function OperatorMap({
  cases,
  selectedCaseId,
  onOpen,
  onCamera,
  framing,
  local,
  preview,
}: OperatorMapProps) {
  const selected = useCase(selectedCaseId);
  const camera = framing?.camera;
  const focus = useMemo((): MapFocus | undefined => {
    if (camera) return { ...camera.position, rangeMetres: 160, key: `camera ${camera.id}` };
    if (selected) return { ...selected.position, rangeMetres: 320, key: `case ${selected.id}` };
    return undefined;
  }, [camera, selected]);
  const data = preview?.data;
  const drawn = useMemo((): DistrictMapProps['preview'] => {
    if (!local?.ok) return undefined;
    return {
      footprint: { type: 'Polygon', coordinates: local.footprint.coordinates },
      ellipse: local.ellipse,
      ground: local.ground,
      ...(data ? { cellOutline: data.cellOutline } : {}),
      parts:
        data?.parts.map(({ code, position, className }) => ({
          code,
          position,
          className,
        })) ?? [],
    };
  }, [local, data]);
  return (
    <MapPanel
      mode="operator"
      cases={cases}
      onSelectCase={onOpen}
      onSelectCamera={onCamera}
      {...(selectedCaseId ? { selectedCaseId } : {})}
      {...(focus ? { focus } : {})}
      {...(drawn ? { preview: drawn } : {})}
      {...(data ? { selectedCellCode: data.cell.code } : {})}
    />
  );
}
