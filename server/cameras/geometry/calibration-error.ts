export type CalibrationErrorCode = 'TOO_FEW_PAIRS' | 'DEGENERATE_PAIRS' | 'NO_CONVERGENCE' | 'NOT_FINITE';

/** Why no camera can be made of the pairs; nothing has been changed. */
export class CalibrationError extends Error {
  readonly code: CalibrationErrorCode;

  constructor(code: CalibrationErrorCode, message: string) {
    super(message);
    this.name = 'CalibrationError';
    this.code = code;
  }
}
