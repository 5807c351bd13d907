/** Residuals at a point of parameter space; undefined where the model has no value. */
export type Residuals = (parameters: readonly number[]) => number[] | undefined;

export interface LeastSquaresFit {
  parameters: number[];
  /** sum of squares of the residuals */
  cost: number;
  /** JᵀJ at the solution, row-major */
  normal: number[][];
  converged: boolean;
}

const MAX_ROUNDS = 80;

/**
 * Levenberg–Marquardt with Marquardt's scaling by the diagonal and central differences of the given steps.
 * Our own, since the fit needs the normal matrix for the covariance and steps refused where a camera cannot be.
 */
export function fitLeastSquares(
  residuals: Residuals,
  start: readonly number[],
  steps: readonly number[],
  maxRounds = MAX_ROUNDS,
): LeastSquaresFit | undefined {
  let parameters = [...start];
  let values = residuals(parameters);
  if (!values) return undefined;
  let cost = sumSquares(values);
  let damping = 1e-3;
  let converged = false;
  let system = linearise(residuals, parameters, values, steps);
  for (let round = 0; round < maxRounds && system; round += 1) {
    const step = solveDamped(system.normal, system.gradient, damping);
    const candidate = step && parameters.map((value, i) => value - (step[i] ?? 0));
    const trial = candidate && residuals(candidate);
    const trialCost = trial ? sumSquares(trial) : Infinity;
    if (candidate && trial && trialCost <= cost) {
      converged = cost - trialCost <= 1e-12 * cost + 1e-24;
      parameters = candidate;
      values = trial;
      cost = trialCost;
      damping = Math.max(damping / 8, 1e-14);
      system = linearise(residuals, parameters, values, steps);
    } else {
      damping *= 6;
      converged = damping > 1e10;
    }
    if (converged) break;
  }
  return system && { parameters, cost, normal: system.normal, converged };
}

/** Inverse of a symmetric positive definite matrix; undefined if it is not one. */
export function invertSymmetric(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const scales = matrix.map((row, i) => 1 / Math.sqrt(row[i] ?? 0));
  const scaled = matrix.map((row, i) => row.map((value, j) => value * (scales[i] ?? 0) * (scales[j] ?? 0)));
  const factor = factorise(scaled);
  if (!factor) return undefined;
  const columns = Array.from({ length: n }, (_, k) =>
    substitute(
      factor,
      Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)),
    ),
  );
  return columns.map((column, i) => column.map((value, j) => value * (scales[i] ?? 0) * (scales[j] ?? 0)));
}

function sumSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function linearise(
  residuals: Residuals,
  parameters: readonly number[],
  values: readonly number[],
  steps: readonly number[],
): { normal: number[][]; gradient: number[] } | undefined {
  const columns: number[][] = [];
  for (let k = 0; k < parameters.length; k += 1) {
    const step = steps[k] ?? 1e-6;
    const high = residuals(parameters.map((value, i) => (i === k ? value + step : value)));
    const low = residuals(parameters.map((value, i) => (i === k ? value - step : value)));
    const up = high ?? values;
    const down = low ?? values;
    const width = (high ? step : 0) + (low ? step : 0);
    if (width === 0) return undefined;
    columns.push(up.map((value, i) => (value - (down[i] ?? 0)) / width));
  }
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return {
    normal: columns.map((a) => columns.map((b) => product(a, b))),
    gradient: columns.map((a) => product(a, values)),
  };
}

function solveDamped(normal: number[][], gradient: number[], damping: number): number[] | undefined {
  const scales = normal.map((row, i) => 1 / Math.sqrt(Math.max(row[i] ?? 0, 1e-30)));
  const scaled = normal.map((row, i) =>
    row.map((value, j) => value * (scales[i] ?? 0) * (scales[j] ?? 0) + (i === j ? damping : 0)),
  );
  const factor = factorise(scaled);
  if (!factor) return undefined;
  const solution = substitute(
    factor,
    gradient.map((value, i) => value * (scales[i] ?? 0)),
  );
  return solution.map((value, i) => value * (scales[i] ?? 0));
}

/** Cholesky: lower triangle. */
function factorise(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const lower: number[][] = [];
  for (let i = 0; i < matrix.length; i += 1) {
    const row: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? row : (lower[j] ?? []);
      let value = matrix[i]?.[j] ?? NaN;
      for (let k = 0; k < j; k += 1) value -= (row[k] ?? 0) * (other[k] ?? 0);
      if (i === j && !(value > 1e-15)) return undefined;
      row.push(i === j ? Math.sqrt(value) : value / (other[j] ?? NaN));
    }
    lower.push(row);
  }
  return lower;
}

function substitute(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = lower.length;
  const y: number[] = [];
  for (let i = 0; i < n; i += 1) {
    let value = right[i] ?? 0;
    for (let k = 0; k < i; k += 1) value -= (lower[i]?.[k] ?? 0) * (y[k] ?? 0);
    y.push(value / (lower[i]?.[i] ?? NaN));
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i -= 1) {
    let value = y[i] ?? 0;
    for (let k = i + 1; k < n; k += 1) value -= (lower[k]?.[i] ?? 0) * (x[k] ?? 0);
    x[i] = value / (lower[i]?.[i] ?? NaN);
  }
  return x;
}
