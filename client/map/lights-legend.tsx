import type { CellLights, ScaleStep } from './cell-lights.ts';
import styles from './district-map.module.css';
import type { LightsTheme } from './lights-theme.ts';
import type { MapTexts } from './map-texts.ts';

interface LightsLegendProps {
  theme: Exclude<LightsTheme, 'none'>;
  lights: CellLights | undefined;
  failed: boolean;
  texts: MapTexts;
}

/** What the colours of the cells say, in numbers. */
export function LightsLegend({ theme, lights, failed, texts }: LightsLegendProps) {
  const titles = {
    'lights-open': texts.lightsOpen,
    'lights-overdue': texts.lightsOverdue,
    'lights-score': texts.lightsScore,
  };
  const empty = !lights || lights.cells === 0;
  return (
    <section className={styles.legend} aria-label={titles[theme]}>
      <h2>{titles[theme]}</h2>
      {failed && empty ? (
        <p role="status">{texts.lightsFailed}</p>
      ) : empty ? (
        <p role="status">{texts.lightsNone}</p>
      ) : (
        <>
          <ul>
            {lights.steps.map((step) => (
              <li key={step.from}>
                <span className={styles.swatch} style={{ background: step.colour }} />
                {writeStep(step, theme, texts)}
              </li>
            ))}
          </ul>
          <p>
            {lights.cells.toLocaleString('en')} {texts.lightsCells}
          </p>
        </>
      )}
    </section>
  );
}

function writeStep({ from, to }: ScaleStep, theme: LightsTheme, texts: MapTexts): string {
  if (theme === 'lights-score')
    return from === -Infinity
      ? `${texts.lightsBelow} ${to}`
      : to === Infinity
        ? `${from}–100`
        : `${from}–${to}`;
  if (to === Infinity) return `${from} ${texts.lightsAndMore}`;
  return to - from === 1 ? String(from) : `${from}–${to - 1}`;
}
