import type { Camera } from '#contract/cameras';
import type { CaseSummary } from '#contract/cases';
import type { Names } from '#contract/shared';
import styles from './district-map.module.css';
import type { Pickable } from './layers/present-layer.ts';
import type { Hover } from './map-scene.ts';
import { mapTexts } from './map-texts.ts';

interface HoverHintProps {
  hover: Hover;
  cases: readonly CaseSummary[];
  cameras: readonly Camera[];
  classNames: ReadonlyMap<string, Names>;
  language: 'zh' | 'en';
}

/** What is under the pointer, in a line. */
export function HoverHint({ hover: { mark, point }, ...known }: HoverHintProps) {
  if (!mark) return null;
  const { title, detail } = describe(mark, known);
  return (
    <div className={styles.hint} style={{ left: point.x, top: point.y }} role="tooltip">
      <strong>{title}</strong>
      {detail && <span>{detail}</span>}
    </div>
  );
}

function describe(
  mark: Pickable,
  { cases, cameras, classNames, language }: Omit<HoverHintProps, 'hover'>,
): { title: string; detail: string } {
  const texts = mapTexts[language];
  const nameOf = (names: Names | undefined) => names?.[language] || names?.zh;
  switch (mark.kind) {
    case 'case': {
      const one = cases.find(({ id }) => id === mark.id);
      return { title: nameOf(one?.className) ?? texts.case, detail: one?.number ?? '' };
    }
    case 'cluster':
      return { title: `${mark.caseIds?.length ?? ''} ${texts.several}`, detail: '' };
    case 'camera':
      return { title: nameOf(cameras.find(({ id }) => id === mark.id)?.name) ?? texts.camera, detail: '' };
    case 'parts':
      return { title: texts.severalParts, detail: '' };
    case 'part': {
      const states: Record<string, string> = {
        damaged: texts.stateDamaged,
        missing: texts.stateMissing,
        abandoned: texts.stateAbandoned,
      };
      const state = states[mark.state ?? ''];
      return {
        title: nameOf(classNames.get(mark.class ?? '')) ?? texts.part,
        detail: state ? `${mark.id} · ${state}` : mark.id,
      };
    }
  }
}
