import type { Names } from '#contract/shared';

/** Why a value cannot be taken. A class, so that one `instanceof` tells it from a value. */
export class Problem {
  readonly reason: string;
  readonly message: Names;

  constructor(reason: string, zh: string, en: string) {
    this.reason = reason;
    this.message = { zh, en };
  }
}
