import type { Camera } from '#contract/cameras';
import type { CaseSummary } from '#contract/cases';
import type { Overview } from '../overview.ts';
import type { FoundCell } from '../tiles/messages.ts';
import type { LayerSpec, Preview } from './layer-spec.ts';

export type MapMode = 'wall' | 'operator' | 'chief' | 'case';

/** All that decides what the map shows. */
export interface MapState {
  mode: MapMode;
  language: 'zh' | 'en';
  overview: Overview;
  cameras: readonly Camera[];
  cases: readonly CaseSummary[];
  selectedCaseId?: string;
  cell?: FoundCell;
  preview?: Preview;
  highlightDivision?: string;
}

/** On the wall marks and names are read from eight metres. */
const WALL_SCALE = 1.35;

export function wantedLayers(state: MapState): LayerSpec[] {
  const { overview, cameras, cases, language } = state;
  const scale = state.mode === 'wall' ? WALL_SCALE : 1;
  const { bounds, divisions, roads } = overview;
  const division = divisions.find(({ code }) => code === state.highlightDivision);
  return [
    { id: 'ground', kind: 'ground', order: 1, bounds },
    { id: 'coverage', kind: 'coverage', order: 2, cameras },
    { id: 'buildings', kind: 'buildings', order: 3 },
    { id: 'parts', kind: 'parts', order: 4 },
    ...(division
      ? [{ id: 'division', kind: 'outline', order: 5, rings: division.rings, tone: 'division' } as const]
      : []),
    ...(state.cell
      ? [
          {
            id: 'cell',
            kind: 'outline',
            order: 6,
            rings: state.cell.outline.coordinates,
            tone: 'cell',
          } as const,
        ]
      : []),
    { id: 'labels', kind: 'labels', order: 7, divisions, roads, language, scale },
    { id: 'cameras', kind: 'cameras', order: 8, cameras, language, scale },
    ...(state.preview
      ? [{ id: 'preview', kind: 'preview', order: 9, preview: state.preview, language } as const]
      : []),
    {
      id: 'cases',
      kind: 'cases',
      order: 10,
      cases,
      language,
      scale,
      ...(state.selectedCaseId ? { selectedId: state.selectedCaseId } : {}),
    },
  ];
}
