/** One line of docs/benchmarks.md. */
export interface BenchRow {
  what: string;
  /** With its unit. */
  measured: string;
  /** The bare thing in the same run, with its unit. */
  bare?: string;
  ratio?: string;
  /** DESIGN section 10 or the domain's own mark. */
  budget?: string;
}

export interface BenchSection {
  title: string;
  /** How it was measured, in a sentence. */
  how: string;
  rows: BenchRow[];
}

/** The p-th percentile (0–100) of some numbers, nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN
  );
}
