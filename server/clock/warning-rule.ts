/** R4, a switch: yellow from the moment this share of the limit, or these seconds, remain. */
export interface WarningRule {
  readonly fractionOfLimit: number;
  readonly seconds: number;
}

/** R4 (SPEC §3): yellow when ≤ 20 % of the limit remains or ≤ 10 min, whichever comes first. */
export const defaultWarning: WarningRule = { fractionOfLimit: 0.2, seconds: 600 };
