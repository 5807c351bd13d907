import type { FeatureCollection, Position } from 'geojson';
import type { Camera } from '#contract/cameras';
import type { CaseSummary } from '#contract/cases';
import type { MapSource } from '#contract/map';
import type { LonLat, Names } from '#contract/shared';
import { defaultLayers, type LayerId, type LayerSetting, type OwnLayer } from '../layer-setting.ts';
import type { LightsForm } from '../lights-theme.ts';
import type { Ghost } from '../map-tool.ts';
import type { Overview } from '../overview.ts';
import type { PartPatch } from '../part-patch.ts';
import type { CellColours, FoundCell, GroundStyle } from '../tiles/messages.ts';
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
  selectedCameraId?: string;
  selectedPart?: { code: string; position: LonLat };
  cell?: FoundCell;
  building?: { rings: Position[][]; heightMetres: number };
  preview?: Preview;
  highlightDivision?: string;
  selectedDivision?: string;
  /** Without it the usual layers, quietly. */
  layers?: readonly LayerSetting[];
  sources?: readonly MapSource[];
  lights?: { colours: CellColours; form: LightsForm };
  partPatches: readonly PartPatch[];
  partRound: number;
  classNames: ReadonlyMap<string, Names>;
  features?: FeatureCollection;
  ghost?: Ghost;
}

/** On the wall marks and names are read from eight metres. */
const WALL_SCALE = 1.35;
/** What a person lays over the map or has selected lies over the layers, cases over that. */
const OVER_LAYERS = 1_000;

export function wantedLayers(state: MapState): LayerSpec[] {
  const settings = new Map(
    (state.layers ?? defaultLayers).map((one, n) => [one.id, { ...one, order: n + 1 }]),
  );
  /** Order and opacity of a layer that is to be seen. */
  const seen = (id: LayerId): { order: number; opacity: number } | null => {
    const setting = settings.get(id);
    return setting?.shown && setting.opacity > 0 ? { order: setting.order, opacity: setting.opacity } : null;
  };
  return [
    ...groundLayers(state, seen),
    ...standingLayers(state, seen),
    ...outlines(state),
    ...markLayers(state, seen),
  ];
}

type Seen = (id: LayerId) => { order: number; opacity: number } | null;

function groundLayers(state: MapState, seen: Seen): LayerSpec[] {
  const { bounds } = state.overview;
  const sources: LayerSpec[] = (state.sources ?? []).flatMap((source): LayerSpec[] => {
    const id = `source:${source.id}` as const;
    const at = seen(id);
    if (!at) return [];
    const kind = source.kind === 'terrain' ? 'terrain' : source.kind === '3d-tiles' ? 'tileset' : 'imagery';
    return [{ id, kind, source, ...at }];
  });
  const pictured = sources.some(({ kind }) => kind === 'imagery');
  const strength = (id: OwnLayer) => seen(id)?.opacity ?? 0;
  const style: GroundStyle = {
    filled: !pictured,
    roads: strength('roads'),
    divisions: strength('divisions'),
    cells: strength('cells'),
    buildings: strength('buildings'),
    // As a layer of its own right the parts are counted by marks.
    parts: state.layers ? 0 : strength('parts'),
  };
  const lights = seen('lights');
  return [
    ...sources,
    { id: 'ground', kind: 'ground', order: 0, opacity: 1, bounds, style },
    ...(lights && state.lights?.form === 'flat'
      ? [{ id: 'lights', kind: 'lights', bounds, colours: state.lights.colours, ...lights } as const]
      : []),
  ];
}

function standingLayers(state: MapState, seen: Seen): LayerSpec[] {
  const { cameras, classNames, language, lights, partPatches: patches, selectedPart } = state;
  const [coverage, buildings, parts, columns] = [
    seen('coverage'),
    seen('buildings'),
    seen('parts'),
    seen('lights'),
  ];
  return [
    ...(coverage ? [{ id: 'coverage', kind: 'coverage', cameras, ...coverage } as const] : []),
    ...(buildings ? [{ id: 'buildings', kind: 'buildings', ...buildings } as const] : []),
    ...(columns && lights?.form === 'columns'
      ? [{ id: 'columns', kind: 'columns', colours: lights.colours, ...columns } as const]
      : []),
    ...(parts
      ? [
          {
            id: 'parts',
            kind: 'parts',
            detail: state.layers ? 'full' : 'quiet',
            patches,
            round: state.partRound,
            classNames,
            language,
            ...(selectedPart ? { selected: selectedPart } : {}),
            ...parts,
          } as const,
        ]
      : []),
  ];
}

/** What is selected, and the division that a screen is about. */
function outlines(state: MapState): LayerSpec[] {
  const { divisions } = state.overview;
  const ringsOf = (code: string | undefined) => divisions.find((one) => one.code === code)?.rings;
  const outline = (
    id: string,
    tone: 'division' | 'cell' | 'building',
    rings: Position[][] | undefined,
    heightMetres?: number,
  ): LayerSpec[] =>
    rings
      ? [
          {
            id,
            kind: 'outline',
            order: 0.5,
            opacity: 1,
            rings,
            tone,
            ...(heightMetres === undefined ? {} : { heightMetres }),
          },
        ]
      : [];
  return [
    ...outline('division', 'division', ringsOf(state.highlightDivision)),
    ...outline('selected-division', 'division', ringsOf(state.selectedDivision)),
    ...outline('cell', 'cell', state.cell?.outline.coordinates),
    ...outline('building', 'building', state.building?.rings, state.building?.heightMetres),
  ];
}

function markLayers(state: MapState, seen: Seen): LayerSpec[] {
  const { cameras, cases, language, features, ghost, preview, selectedCameraId, selectedCaseId } = state;
  const { divisions, roads } = state.overview;
  const scale = state.mode === 'wall' ? WALL_SCALE : 1;
  const [labels, cameraMarks, caseMarks] = [seen('labels'), seen('cameras'), seen('cases')];
  const over = (n: number) => ({ order: OVER_LAYERS + n, opacity: 1 });
  return [
    ...(labels
      ? [{ id: 'labels', kind: 'labels', divisions, roads, language, scale, ...labels } as const]
      : []),
    ...(cameraMarks
      ? [
          {
            id: 'cameras',
            kind: 'cameras',
            cameras,
            language,
            scale,
            ...(selectedCameraId ? { selectedId: selectedCameraId } : {}),
            ...cameraMarks,
          } as const,
        ]
      : []),
    ...(features ? [{ id: 'features', kind: 'features', features, ...over(0) } as const] : []),
    ...(preview ? [{ id: 'preview', kind: 'preview', preview, language, ...over(1) } as const] : []),
    ...(caseMarks
      ? [
          {
            id: 'cases',
            kind: 'cases',
            cases,
            language,
            scale,
            ...(selectedCaseId ? { selectedId: selectedCaseId } : {}),
            ...caseMarks,
            // The usual map has its cases over everything.
            ...(state.layers ? {} : { order: OVER_LAYERS + 2 }),
          } as const,
        ]
      : []),
    ...(ghost ? [{ id: 'ghost', kind: 'ghost', ghost, ...over(3) } as const] : []),
  ];
}
