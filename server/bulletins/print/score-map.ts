import type { Names } from '#contract/shared';
import { colourOfScore, faint, ink, line, stepScores } from './colours.ts';
import { svgText } from './svg-text.ts';

/** A division with its outline: rings of longitude and latitude. */
export interface Outline {
  code: string;
  name: Names;
  rings: [lon: number, lat: number][][];
}

const MOST_WIDTH = 510;
const MOST_HEIGHT = 400;
const LEGEND_HEIGHT = 26;

/** The district's divisions coloured by score, north up, as an SVG that fits half a page. */
export function scoreMap(
  outlines: readonly Outline[],
  scores: ReadonlyMap<string, number | null>,
  words: { language: 'zh' | 'en'; noScore: string },
): string {
  const points = outlines.flatMap(({ rings }) => rings.flat());
  if (points.length === 0) return '';
  const west = Math.min(...points.map(([lon]) => lon));
  const east = Math.max(...points.map(([lon]) => lon));
  const south = Math.min(...points.map(([, lat]) => lat));
  const north = Math.max(...points.map(([, lat]) => lat));
  // One degree of longitude is shorter than one of latitude: the district is small, one factor serves all of it.
  const narrowing = Math.cos(((south + north) / 2 / 180) * Math.PI);
  const scale = Math.min(MOST_WIDTH / ((east - west) * narrowing), MOST_HEIGHT / (north - south));
  const height = Math.round((north - south) * scale);
  const margin = (MOST_WIDTH - (east - west) * narrowing * scale) / 2;
  const place = ([lon, lat]: [number, number]): [number, number] => [
    Math.round((margin + (lon - west) * narrowing * scale) * 10) / 10,
    Math.round((north - lat) * scale * 10) / 10,
  ];
  const shapes = outlines.map(({ code, rings }) => {
    const path = rings.map((ring) => `M${ring.map((point) => place(point).join(' ')).join('L')}Z`).join('');
    return `<path d="${path}" fill="${colourOfScore(scores.get(code) ?? null)}" stroke="${line}" stroke-width="0.7" fill-rule="evenodd"/>`;
  });
  const labels = placeLabels(outlines, place).map(({ x, y, outline }) => {
    const score = scores.get(outline.code) ?? null;
    const dark = score !== null && score >= 90;
    return (
      svgText(x, y, outline.name[words.language], {
        size: 7.5,
        anchor: 'middle',
        colour: dark ? '#fff' : ink,
      }) +
      svgText(x, y + 9, score === null ? '—' : score.toFixed(1), {
        size: 7.5,
        anchor: 'middle',
        bold: true,
        colour: dark ? '#fff' : ink,
      })
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${MOST_WIDTH}" height="${height + LEGEND_HEIGHT}" viewBox="0 0 ${MOST_WIDTH} ${height + LEGEND_HEIGHT}">${shapes.join('')}${labels.join('')}${legend(height + 12, words.noScore)}</svg>`;
}

/** Labels in the middle of the largest ring; one that would cover an earlier one, of a larger division, is left out. */
function placeLabels(outlines: readonly Outline[], place: (point: [number, number]) => [number, number]) {
  const placed: { x: number; y: number; outline: Outline }[] = [];
  const bySize = outlines
    .map((outline) => ({ outline, ring: outline.rings.map((ring) => ring.map(place)).sort(byArea)[0] ?? [] }))
    .sort((a, b) => byArea(a.ring, b.ring));
  for (const { outline, ring } of bySize) {
    const x = (Math.min(...ring.map(([px]) => px)) + Math.max(...ring.map(([px]) => px))) / 2;
    const y = (Math.min(...ring.map(([, py]) => py)) + Math.max(...ring.map(([, py]) => py))) / 2;
    const covers = placed.some((other) => Math.abs(other.x - x) < 44 && Math.abs(other.y - y) < 19);
    if (!covers) placed.push({ x, y, outline });
  }
  return placed;
}

function byArea(a: [number, number][], b: [number, number][]): number {
  return areaOf(b) - areaOf(a);
}

function areaOf(ring: [number, number][]): number {
  let twice = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

function legend(y: number, noScore: string): string {
  const boxes = stepScores.map((from, index) => {
    const x = index * 62;
    const to = stepScores[index + 1];
    const label = to === undefined ? `${from}+` : `${from} – ${to}`;
    return `<rect x="${x}" y="${y - 7}" width="12" height="8" fill="${colourOfScore(from)}" stroke="${line}" stroke-width="0.5"/>${svgText(x + 16, y, label, { size: 7, colour: faint })}`;
  });
  const x = stepScores.length * 62;
  return `${boxes.join('')}<rect x="${x}" y="${y - 7}" width="12" height="8" fill="#fff" stroke="${line}" stroke-width="0.5"/>${svgText(x + 16, y, noScore, { size: 7, colour: faint })}`;
}
