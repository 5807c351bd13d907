import type { Role } from '#contract/access';

/** Who keeps the register of parts; the server decides, this only shows or hides the buttons. */
export function mayEditParts(role: Role): boolean {
  return role === 'administrator' || role === 'supervisor';
}

/** Who reads what was changed in the register. */
export function mayReadHistory(role: Role): boolean {
  return mayEditParts(role) || role === 'evaluator';
}
