import '../../../client/ui/tokens.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, StrictMode, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { DistrictMapProps } from '../../../client/map/district-map.tsx';
import { readMapSearch, stateOfSearch } from '../../../client/features/map-tools/map-search.ts';
import { usePrepareMap } from '../../../client/map/prepare-map.ts';
import type { MapTool } from '../../../client/map/map-tool.ts';
import type { Selection } from '../../../client/map/selection.ts';
import { makeCases } from './make-cases.ts';

/**
 * The map alone, without the rest of the product. Search parameters: `mode`, `lng`, `cases` (how many), `lon`, `lat`,
 * `range` (where to begin), `division`, `preview`; `full` (layers as of a map station), `at`, `layers`, `theme`, `form`,
 * `sel`, `sun` as in the address of the map, and `tool`.
 */
const DistrictMap = lazy(() => import('../../../client/map/district-map.tsx'));
const query = new URLSearchParams(window.location.search);
const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined);
const [lon, lat, rangeMetres] = [number('lon'), number('lat'), number('range')];

function Page() {
  usePrepareMap();
  const [cases] = useState(() => makeCases(number('cases') ?? 200));
  const [selectedCaseId, setCase] = useState<string>();
  const [selectedCellCode, setCell] = useState<string>();
  const [view] = useState(() => stateOfSearch(readMapSearch(Object.fromEntries(query))));
  const [selection, setSelection] = useState<Selection | undefined>(view.selection);
  const station: Partial<DistrictMapProps> = {
    layers: view.layers,
    theme: view.theme,
    form: view.form,
    camera: view.camera,
    selection,
    onSelect: setSelection,
    tool: (query.get('tool') ?? 'none') as MapTool,
    ...(view.daylight ? { daylight: { on: true, at: view.daylight } } : {}),
  };
  const props: DistrictMapProps = {
    mode: (query.get('mode') ?? 'operator') as DistrictMapProps['mode'],
    cases,
    selectedCaseId,
    onSelectCase: setCase,
    selectedCellCode,
    onSelectCell: setCell,
    highlightDivision: query.get('division') ?? undefined,
    ...(lon !== undefined && lat !== undefined
      ? { focus: { lon, lat, key: 'start', ...(rangeMetres ? { rangeMetres } : {}) } }
      : {}),
    ...(query.has('preview') && lon !== undefined && lat !== undefined
      ? { preview: examplePreview(lon, lat) }
      : {}),
    ...(query.has('full') ? station : {}),
  };
  return (
    <div
      style={{ position: 'fixed', inset: 0 }}
      data-selection={JSON.stringify(selection)}
      data-case={selectedCaseId}
      data-cell={selectedCellCode}
    >
      <Suspense>
        <DistrictMap {...props} />
      </Suspense>
    </div>
  );
}

function examplePreview(atLon: number, atLat: number): NonNullable<DistrictMapProps['preview']> {
  const ring = (east: number, north: number) =>
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
      [-1, -1],
    ].map(([x = 0, y = 0]) => [atLon + x * east, atLat + y * north]);
  return {
    footprint: { type: 'Polygon', coordinates: [ring(0.00003, 0.00002)] },
    ellipse: { semiMajorMetres: 5, semiMinorMetres: 2, azimuthDegrees: 60 },
    ground: { lon: atLon, lat: atLat },
    cellOutline: { type: 'Polygon', coordinates: [ring(0.0005, 0.0004)] },
    parts: [
      {
        code: '1',
        position: { lon: atLon + 0.00006, lat: atLat },
        className: { zh: '雨水井盖', en: 'Storm drain cover' },
      },
      {
        code: '2',
        position: { lon: atLon - 0.0001, lat: atLat + 0.0001 },
        className: { zh: '路灯', en: 'Street lamp' },
      },
    ],
  };
}

await i18next
  .use(initReactI18next)
  .init({ lng: query.get('lng') ?? 'zh-CN', resources: {}, react: { useSuspense: false } });
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <Page />
      </QueryClientProvider>
    </StrictMode>,
  );
