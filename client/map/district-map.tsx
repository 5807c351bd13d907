import { useEffect, useRef, type KeyboardEvent } from 'react';
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
import type { MapScene } from './map-scene.ts';
import { mapTexts } from './map-texts.ts';
import type { LayerSetting } from './layer-setting.ts';
import type { LightsForm, LightsTheme } from './lights-theme.ts';
import type { MapCamera } from './map-camera.ts';
import type { Drawn, Ghost, MapTool } from './map-tool.ts';
import type { Bounds, Overview } from './overview.ts';
import type { PartPatch } from './part-patch.ts';
import type { Selection } from './selection.ts';
import { useMapCameras, useOverview } from './use-map-data.ts';
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
  /** The sun at an instant, instead of the even light. */
  daylight?: { on: boolean; at: Date } | undefined;
  /** What the deployment has besides its own tiles. */
  sources?: readonly MapSource[] | undefined;
}

const FOCUS_RANGE_METRES = 450;
/** Nearer than this the cases of one mark lie on each other. */
const INSEPARABLE_METRES = 260;

/** The three-dimensional map of the district. Load it lazily: it brings Cesium. */
export default function DistrictMap(props: DistrictMapProps) {
  const { mode, cases, selectedCaseId, preview, focus, highlightDivision } = props;
  const container = useRef<HTMLDivElement>(null);
  const credits = useRef<HTMLDivElement>(null);
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const texts = mapTexts[language];
  const overview = useOverview();
  const cameras = useMapCameras();
  const { scene, state, retry } = useMapScene(container, credits, {
    onPick: (picked) => pick(picked),
    onPickGround: (position) => void pickCell(position),
  });
  const cell = useSelectedCell(scene, props.selectedCellCode);

  const pick = (picked: Pickable) => {
    if (!scene) return;
    if (picked.kind === 'camera') return props.onSelectCamera?.(picked.id);
    if (picked.kind === 'case') return props.onSelectCase?.(picked.id);
    const first = picked.caseIds?.[0];
    if (scene.view.rangeMetres < INSEPARABLE_METRES && first) return props.onSelectCase?.(first);
    scene.navigation.flyTo(picked.position, scene.view.rangeMetres * 0.4);
  };
  const pickCell = async (position: LonLat) => {
    if (!scene || !props.onSelectCell) return;
    const found = await scene.tiles.ask('cell', { position }).catch(() => null);
    if (found) props.onSelectCell(found.code);
  };

  useEffect(() => {
    if (!scene || !overview.data) return;
    scene.show({
      mode,
      language,
      overview: overview.data,
      cameras,
      cases,
      ...(selectedCaseId ? { selectedCaseId } : {}),
      ...(cell ? { cell } : {}),
      ...(preview ? { preview } : {}),
      ...(highlightDivision ? { highlightDivision } : {}),
    });
  }, [
    scene,
    overview.data,
    mode,
    language,
    cameras,
    cases,
    selectedCaseId,
    cell,
    preview,
    highlightDivision,
  ]);

  const home = useHome(scene, overview.data, mode, highlightDivision, focus);

  return (
    <div className={styles.map} data-mode={mode}>
      <div
        ref={container}
        className={styles.globe}
        role="application"
        aria-label={texts.label}
        tabIndex={0}
        onKeyDown={(event) => scene && moveByKey(scene, event)}
      />
      <div ref={credits} className={styles.credits} />
      {scene && state === 'drawing' && overview.data && (
        <MapControls scene={scene} texts={texts} onHome={home} />
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

/**
 * Puts the camera where the screen begins, follows `focus` and the highlighted division, and returns the way home.
 * A new scene (after a lost one) begins where this screen is about.
 */
function useHome(
  scene: MapScene | null,
  overview: Overview | undefined,
  mode: MapMode,
  highlightDivision: string | undefined,
  focus: MapFocus | undefined,
): () => void {
  const division = overview?.divisions.find(({ code }) => code === highlightDivision);
  const bounds: Bounds | undefined = division?.bounds ?? overview?.builtUpBounds;
  const begun = useRef<{ scene: MapScene; bounds: Bounds; focus?: string | undefined } | null>(null);
  useEffect(() => {
    if (!scene || !overview || !bounds) return;
    const before = begun.current?.scene === scene ? begun.current : null;
    begun.current = { scene, bounds, focus: focus?.key };
    const newFocus = focus && focus.key !== before?.focus ? focus : null;
    if (newFocus)
      scene.navigation.flyTo(newFocus, newFocus.rangeMetres ?? FOCUS_RANGE_METRES, before !== null);
    // A wall that has nothing to look at any more goes home by itself.
    else if (before?.bounds !== bounds || (mode === 'wall' && before?.focus && !focus))
      scene.navigation.showBounds(bounds, { tilted: mode === 'wall', fly: before !== null });
  }, [scene, overview, bounds, mode, focus]);
  return () => {
    if (scene && bounds) scene.navigation.showBounds(bounds, { tilted: mode === 'wall', fly: true });
  };
}

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function moveByKey({ navigation }: MapScene, event: KeyboardEvent): void {
  const step = steps[event.key];
  if (step) navigation.step(...step);
  else if (event.key === '+' || event.key === '=') navigation.zoom(0.55);
  else if (event.key === '-' || event.key === '_') navigation.zoom(1.8);
  else return;
  event.preventDefault();
}
