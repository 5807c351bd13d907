import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { CaseSummary } from '#contract/cases';
import type { MapSource } from '#contract/map';
import type { FeatureCollection } from 'geojson';
import type { LonLat } from '#contract/shared';
import { useLanguage } from '../i18n/use-language.ts';
import { StateNote } from '../ui/state-note.tsx';
import styles from './district-map.module.css';
import type { Preview } from './layers/layer-spec.ts';
import type { Pickable } from './layers/present-layer.ts';
import type { MapMode } from './layers/wanted-layers.ts';
import { MapControls } from './map-controls.tsx';
import { drawByKey, moveByKey } from './map-keys.ts';
import type { Hover } from './map-scene.ts';
import { mapTexts } from './map-texts.ts';
import { MapToolbar } from './map-toolbar.tsx';
import { HoverHint } from './hover-hint.tsx';
import type { LayerSetting } from './layer-setting.ts';
import { LightsLegend } from './lights-legend.tsx';
import type { LightsForm, LightsTheme } from './lights-theme.ts';
import type { MapCamera } from './map-camera.ts';
import type { Drawn, Ghost, MapTool } from './map-tool.ts';
import type { PartPatch } from './part-patch.ts';
import { ClickCycle, findCandidates } from './pick-candidates.ts';
import { PointerStore } from './pointer-store.ts';
import type { Selection } from './selection.ts';
import { SourceTroubles } from './source-troubles.tsx';
import { useCellLights } from './use-cell-lights.ts';
import { useGivenCamera, useHome } from './use-home.ts';
import { useClassNames, useMapCameras, useMapSources, useOverview } from './use-map-data.ts';
import { useSelectedBuilding, useSelectedPart } from './use-selected-things.ts';
import { useMapScene } from './use-map-scene.ts';
import { useSelectedCell } from './use-selected-cell.ts';

/** Flies there whenever `key` changes. */
export interface MapFocus extends LonLat {
  /** From the camera to the ground; 450 when not given. */
  rangeMetres?: number;
  key: string;
}

export interface DistrictMapProps {
  mode: MapMode;
  cases: CaseSummary[];
  selectedCaseId?: string | undefined;
  onSelectCase?: ((id: string) => void) | undefined;
  selectedCellCode?: string | undefined;
  onSelectCell?: ((code: string) => void) | undefined;
  onSelectCamera?: ((id: string) => void) | undefined;
  focus?: MapFocus | undefined;
  /** While framing; may change ten times a second. */
  preview?: Preview | undefined;
  /** Code of a division: outlined, and flown to at first. */
  highlightDivision?: string | undefined;
  /** What is shown and in which order; without it the usual layers, quietly. */
  layers?: readonly LayerSetting[] | undefined;
  /** Colours of the cells. */
  theme?: LightsTheme | undefined;
  form?: LightsForm | undefined;
  /** The one thing selected. With `onSelect` every kind of thing can be. */
  selection?: Selection | undefined;
  onSelect?: ((selection: Selection | undefined) => void) | undefined;
  /** Where to look: at first, and flown to when another one is given than `onCameraChange` told last. */
  camera?: MapCamera | undefined;
  /** Told when the camera rests. */
  onCameraChange?: ((camera: MapCamera) => void) | undefined;
  /** The ground under the pointer, while it moves; null when it leaves. */
  onPointer?: ((position: LonLat | null) => void) | undefined;
  tool?: MapTool | undefined;
  /** Of the tool `place`. */
  onPlace?: ((position: LonLat) => void) | undefined;
  /** Of the tools that draw; undefined when taken back. */
  onDrawn?: ((geometry: Drawn | undefined) => void) | undefined;
  /** Shown over the map, styled by `properties.kind`: `problem`, `plan`, `preview`; `properties.label` is written. */
  overlay?: FeatureCollection | undefined;
  ghost?: Ghost | undefined;
  /** Parts that changed since their tiles were read: moved, another state, new, gone. */
  partPatches?: readonly PartPatch[] | undefined;
  /** Another number: the tiles of parts are read again. */
  partRound?: number | undefined;
  /** The sun at an instant, instead of the even light. */
  daylight?: { on: boolean; at: Date } | undefined;
  /** What the deployment has besides its own tiles. */
  sources?: readonly MapSource[] | undefined;
}

/** Nearer than this the cases of one mark lie on each other. */
const INSEPARABLE_METRES = 260;
const noPatches: readonly PartPatch[] = [];

/** The three-dimensional map of the district. Load it lazily: it brings Cesium. */
export default function DistrictMap(props: DistrictMapProps) {
  const { mode, cases, selection, focus, highlightDivision, theme = 'none' } = props;
  const container = useRef<HTMLDivElement>(null);
  const credits = useRef<HTMLDivElement>(null);
  const cycle = useRef(new ClickCycle());
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const texts = mapTexts[language];
  const overview = useOverview();
  const cameras = useMapCameras();
  const classNames = useClassNames();
  const { lights, failed: lightsFailed } = useCellLights(theme, cases);
  const ownSources = useMapSources(props.layers !== undefined && props.sources === undefined);
  const sources = props.sources ?? ownSources;
  const [pointer] = useState(() => new PointerStore());
  const [measuring, setMeasuring] = useState<MapTool>('none');
  const [hover, setHover] = useState<Hover | null>(null);
  const [troubles, setTroubles] = useState<ReadonlyMap<string, string>>(() => new Map());
  const told = useRef<MapCamera | null>(null);
  const { scene, state, retry } = useMapScene(container, credits, {
    onClick: (marks, ground, point) => void click(marks, ground, point),
    onHover: (next) => {
      setHover(next);
      if (next?.ground) pointer.put(next.ground);
      props.onPointer?.(next?.ground ?? null);
    },
    onDrawn: (drawn) => {
      if (props.tool && props.tool !== 'none') props.onDrawn?.(drawn);
    },
    onRest: (camera) => {
      told.current = camera;
      props.onCameraChange?.(camera);
    },
    onSource: (id, trouble) =>
      setTroubles((before) => {
        if (before.get(id) === trouble) return before;
        const next = new Map(before);
        if (trouble === undefined) next.delete(id);
        else next.set(id, trouble);
        return next;
      }),
  });

  const partPatches = props.partPatches ?? noPatches;
  const caseId = selection?.kind === 'case' ? selection.id : props.selectedCaseId;
  const cellCode = selection?.kind === 'cell' ? selection.id : props.selectedCellCode;
  const cell = useSelectedCell(scene, cellCode);
  const part = useSelectedPart(
    selection,
    partPatches.find(({ code }) => selection?.kind === 'part' && code === selection.id),
  );
  const building = useSelectedBuilding(selection);

  const click = async (marks: Pickable[], ground: LonLat | null, point: { x: number; y: number }) => {
    if (!scene) return;
    if (tool === 'place') {
      if (ground) props.onPlace?.(ground);
      return;
    }
    const first = marks[0];
    if (first && (first.kind === 'cluster' || first.kind === 'parts')) return comeNearer(first);
    const { onSelect } = props;
    if (!onSelect) return pickOne(first, ground);
    const candidates = await findCandidates(scene, marks, ground, point, {
      divisions: overview.data?.divisions ?? [],
      buildings: props.layers?.find(({ id }) => id === 'buildings')?.shown ?? true,
    });
    const next = cycle.current.choose(candidates, point, selection);
    onSelect(next && { kind: next.kind, id: next.id });
  };
  const comeNearer = (mark: Pickable) => {
    if (!scene) return;
    const caseOfMark = mark.caseIds?.[0];
    if (scene.view.rangeMetres < INSEPARABLE_METRES && caseOfMark) {
      if (props.onSelect) props.onSelect({ kind: 'case', id: caseOfMark });
      else props.onSelectCase?.(caseOfMark);
      return;
    }
    scene.navigation.flyTo(mark.position, scene.view.rangeMetres * 0.4);
  };
  const pickOne = async (mark: Pickable | undefined, ground: LonLat | null) => {
    if (mark?.kind === 'camera') return props.onSelectCamera?.(mark.id);
    if (mark?.kind === 'case') return props.onSelectCase?.(mark.id);
    if (!scene || !ground || !props.onSelectCell) return;
    const found = await scene.tiles.ask('cell', { position: ground }).catch(() => null);
    if (found) props.onSelectCell(found.code);
  };

  const { preview, layers, overlay, ghost, form = 'flat', partRound = 0 } = props;
  useEffect(() => {
    if (!scene || !overview.data) return;
    scene.show({
      mode,
      language,
      overview: overview.data,
      cameras,
      cases,
      partPatches,
      partRound,
      classNames,
      ...(caseId ? { selectedCaseId: caseId } : {}),
      ...(selection?.kind === 'camera' ? { selectedCameraId: selection.id } : {}),
      ...(selection?.kind === 'division' ? { selectedDivision: selection.id } : {}),
      ...(part ? { selectedPart: part } : {}),
      ...(cell ? { cell } : {}),
      ...(building ? { building } : {}),
      ...(preview ? { preview } : {}),
      ...(highlightDivision ? { highlightDivision } : {}),
      ...(layers ? { layers } : {}),
      sources,
      ...(lights ? { lights: { colours: lights.colours, form } } : {}),
      ...(overlay ? { features: overlay } : {}),
      ...(ghost ? { ghost } : {}),
    });
  }, [
    scene,
    overview.data,
    mode,
    language,
    cameras,
    cases,
    partPatches,
    partRound,
    classNames,
    caseId,
    selection,
    part,
    cell,
    building,
    preview,
    highlightDivision,
    layers,
    sources,
    lights,
    form,
    overlay,
    ghost,
  ]);

  // What the screen asks for comes before measuring.
  const tool = props.tool && props.tool !== 'none' ? props.tool : measuring;
  useEffect(() => {
    scene?.sketch.use(tool, language);
  }, [scene, tool, language]);
  const sun = props.daylight?.on ? props.daylight.at.getTime() : undefined;
  useEffect(() => {
    scene?.showDaylight(sun === undefined ? undefined : new Date(sun));
  }, [scene, sun]);

  const home = useHome(scene, overview.data, mode, highlightDivision, focus, props.camera !== undefined);
  useGivenCamera(scene, overview.data !== undefined, props.camera, told);

  const key = (event: KeyboardEvent) => {
    if (!scene) return;
    if (event.key === 'Enter' && !scene.sketch.isDrawing) {
      const point = { x: scene.overlay.projector.width / 2, y: scene.overlay.projector.height / 2 };
      void click(scene.marksAt(point), scene.view.centre, point);
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape' && measuring !== 'none') {
      setMeasuring('none');
      return;
    }
    if (event.key === 'Escape' && !scene.sketch.isDrawing && selection) props.onSelect?.(undefined);
    else if (!drawByKey(scene, event)) moveByKey(scene, event);
  };

  return (
    <div className={styles.map} data-mode={mode}>
      <div
        ref={container}
        className={styles.globe}
        role="application"
        aria-label={texts.label}
        tabIndex={0}
        onKeyDown={key}
      />
      <div ref={credits} className={styles.credits} />
      {scene && state === 'drawing' && overview.data && (
        <MapControls scene={scene} texts={texts} onHome={home} />
      )}
      {scene && props.layers && state === 'drawing' && (
        <MapToolbar tool={tool} onTool={setMeasuring} pointer={pointer} texts={texts} />
      )}
      {hover?.mark && props.onSelect && (
        <HoverHint
          hover={hover}
          cases={cases}
          cameras={cameras}
          classNames={classNames}
          language={language}
        />
      )}
      {theme !== 'none' && <LightsLegend theme={theme} lights={lights} failed={lightsFailed} texts={texts} />}
      {troubles.size > 0 && (
        <SourceTroubles ids={[...troubles.keys()]} sources={sources} language={language} />
      )}
      {state === 'unsupported' && (
        <Note title={texts.noWebGl} hint={texts.noWebGlHint} again={texts.again} retry={retry} />
      )}
      {state === 'failed' && (
        <Note title={texts.failed} hint={texts.failedHint} again={texts.again} retry={retry} />
      )}
      {state === 'lost' && (
        <Note title={texts.lost} hint={texts.lostHint} again={texts.again} retry={retry} />
      )}
      {state === 'drawing' && !overview.data && (
        <div className={styles.note}>
          {overview.isError ? (
            <StateNote kind="error" title={texts.dataFailed} hint={texts.dataFailedHint} />
          ) : (
            <StateNote kind="loading" title={texts.loading} />
          )}
        </div>
      )}
    </div>
  );
}

function Note({
  title,
  hint,
  again,
  retry,
}: {
  title: string;
  hint: string;
  again: string;
  retry: () => void;
}) {
  return (
    <div className={styles.note}>
      <StateNote kind="error" title={title} hint={hint} action={{ label: again, run: retry }} />
    </div>
  );
}
