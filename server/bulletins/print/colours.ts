/** Print colours: ink, one accent and greys. Red, yellow and green stay with the lights. */
export const ink = '#1c2733';
export const faint = '#6b7885';
export const line = '#c9d1d9';
export const accent = '#1f6feb';
export const shade = '#eef2f6';

/** From pale to full accent; null is white with a hatch of its own in the legend. */
const steps = ['#dbe9fd', '#b0cffa', '#7fb0f5', '#4a8eee', '#1f6feb', '#0b4ab0'] as const;

/** Scores at which the next darker step begins. */
export const stepScores = [0, 60, 70, 80, 90, 95] as const;

export function colourOfScore(score: number | null): string {
  if (score === null) return '#ffffff';
  const index = stepScores.findLastIndex((from) => score >= from);
  return steps[Math.max(0, index)] ?? steps[0];
}
