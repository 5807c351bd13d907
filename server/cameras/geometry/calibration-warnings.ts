import { medianOf, refineCamera } from './camera-fit.ts';
import type { CameraModel } from './camera-model.ts';
import type { CalibrationInput } from './calibration-pairs.ts';
import { middleOf, toCorrespondences } from './calibration-pairs.ts';
import { createLocalPlane } from './local-plane.ts';
import { createPinhole, parametersOf, rayOf } from './pinhole.ts';
import type { RobustFit } from './robust-fit.ts';
import { MAX_RESIDUAL_METRES } from './robust-fit.ts';

export type CalibrationWarningCode =
  | 'PAIR_LEFT_OUT'
  | 'PAIRS_DISAGREE'
  | 'FEW_PAIRS'
  | 'POOR_FIT'
  | 'POSITION_DISAGREES'
  | 'CORNERS_WITHOUT_RAY';

export interface CalibrationWarning {
  code: CalibrationWarningCode;
  /** 1 is the first pair */
  pair?: number;
  metres?: number;
  message: string;
}

/** What whoever clicked the pairs should know about them. */
export function collectWarnings(
  input: CalibrationInput,
  rough: RobustFit,
  model: CameraModel,
  residuals: readonly number[],
  usedResiduals: readonly number[],
): CalibrationWarning[] {
  const warnings: CalibrationWarning[] = [];
  for (const i of rough.leftOut) {
    const metres = residuals[i] ?? MAX_RESIDUAL_METRES;
    const message = `pair ${i + 1} is ${metres.toFixed(1)} m away from where the other pairs put it and was left out`;
    warnings.push({ code: 'PAIR_LEFT_OUT', pair: i + 1, metres, message });
  }
  if (rough.undecided) {
    const message =
      'the pairs do not agree with one another, and there are too few to tell which of them is wrong';
    warnings.push({ code: 'PAIRS_DISAGREE', message });
  }
  if (usedResiduals.length < 6) {
    const message = `${usedResiduals.length} pairs can hardly check one another: 6 to 10, spread over the picture, are better`;
    warnings.push({ code: 'FEW_PAIRS', message });
  }
  const middle = medianOf(usedResiduals);
  if (middle > 1) {
    const message = `half of the pairs are more than ${middle.toFixed(1)} m off`;
    warnings.push({ code: 'POOR_FIT', metres: middle, message });
  }
  const apart = input.position && usedResiduals.length >= 6 ? findBetterPosition(input, rough) : undefined;
  if (apart !== undefined) {
    const message = `the pairs fit much better with the camera ${apart.toFixed(1)} m away from its given position`;
    warnings.push({ code: 'POSITION_DISAGREES', metres: apart, message });
  }
  const camera = createPinhole(parametersOf(model), model);
  if (!rayOf(camera, 0, 0)) {
    const message = 'the lens fitted to these pairs does not reach the corners: add pairs near the edges';
    warnings.push({ code: 'CORNERS_WITHOUT_RAY', message });
  }
  return warnings;
}

/** How far the camera would move if its position were not held, when that halves the errors at least. */
function findBetterPosition(input: CalibrationInput, rough: RobustFit): number | undefined {
  const pairs = toCorrespondences(input, createLocalPlane(input.position ?? middleOf(input.pairs)));
  const used = pairs.filter((_, i) => !rough.leftOut.has(i));
  const problem = { ...rough.problem, free: [...rough.problem.free, 'eastMetres', 'northMetres'] as const };
  const moved = refineCamera(problem, used, rough.fit.parameters, { passes: 3, rounds: 60, robust: false });
  if (!moved || moved.scale > rough.fit.scale / 2) return undefined;
  return Math.hypot(moved.parameters.eastMetres, moved.parameters.northMetres);
}
