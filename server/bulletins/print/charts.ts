import { accent, faint, ink, line, shade } from './colours.ts';
import { svgText } from './svg-text.ts';

const BAR_STEP = 15;
const LABEL_WIDTH = 150;
const WIDTH = 510;

/** Horizontal bars of scores 0…100, in the order given; null has no bar but its dash. */
export function scoreBars(rows: readonly { label: string; score: number | null }[]): string {
  const height = rows.length * BAR_STEP + 18;
  const full = WIDTH - LABEL_WIDTH - 44;
  const grid = [0, 25, 50, 75, 100].map((score) => {
    const x = LABEL_WIDTH + (full * score) / 100;
    return `<line x1="${x}" y1="12" x2="${x}" y2="${height - 4}" stroke="${line}" stroke-width="0.5"/>${svgText(x, 8, String(score), { size: 7, anchor: 'middle', colour: faint })}`;
  });
  const bars = rows.map(({ label, score }, index) => {
    const y = 16 + index * BAR_STEP;
    const bar =
      score === null
        ? ''
        : `<rect x="${LABEL_WIDTH}" y="${y}" width="${Math.round(full * score) / 100}" height="9" fill="${accent}"/>`;
    const value = score === null ? '—' : score.toFixed(1);
    const end = LABEL_WIDTH + (score === null ? 0 : (full * score) / 100) + 5;
    return `${svgText(LABEL_WIDTH - 6, y + 8, label, { size: 8, anchor: 'end' })}${bar}${svgText(end, y + 8, value, { size: 8, bold: true })}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${grid.join('')}${bars.join('')}</svg>`;
}

const SMALL_WIDTH = 160;
const SMALL_HEIGHT = 74;

/** One small line chart: months from left to right, gaps where a month has no value. */
export function trendLine(
  months: readonly string[],
  values: readonly (number | null)[],
  say: (value: number) => string,
): string {
  const known = values.filter((value) => value !== null);
  const most = Math.max(...known, 0);
  const least = Math.min(...known, most);
  const span = most - least || 1;
  const x = (index: number) => 8 + (index * (SMALL_WIDTH - 50)) / Math.max(1, months.length - 1);
  const y = (value: number) => 50 - (36 * (value - least)) / span;
  const pieces: string[] = [];
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value !== null) pieces.push(`${open ? 'L' : 'M'}${x(index)} ${y(value)}`);
    open = value !== null;
  }
  const dots = values.flatMap((value, index) =>
    value === null ? [] : [`<circle cx="${x(index)}" cy="${y(value)}" r="1.6" fill="${accent}"/>`],
  );
  const lastIndex = values.findLastIndex((value) => value !== null);
  const last = values[lastIndex] ?? null;
  const label =
    last === null
      ? svgText(SMALL_WIDTH / 2, 34, '—', { size: 9, anchor: 'middle', colour: faint })
      : svgText(x(lastIndex) + 5, y(last) + 3, say(last), { size: 8, bold: true, colour: ink });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SMALL_WIDTH}" height="${SMALL_HEIGHT}" viewBox="0 0 ${SMALL_WIDTH} ${SMALL_HEIGHT}"><rect x="0" y="0" width="${SMALL_WIDTH}" height="56" fill="${shade}"/><path d="${pieces.join('')}" fill="none" stroke="${accent}" stroke-width="1.4"/>${dots.join('')}${label}${svgText(8, 67, months[0] ?? '', { size: 7, colour: faint })}${svgText(SMALL_WIDTH - 8, 67, months.at(-1) ?? '', { size: 7, anchor: 'end', colour: faint })}</svg>`;
}
