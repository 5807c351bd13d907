import type { Role } from '#contract/access';
import type { CaseAction, CaseSummary } from '#contract/cases';

/**
 * The step one key takes for the centre's own stages. The server decides; this only says what to offer on a line that
 * carries no list of what is allowed. With no responsible subject only who coordinates may dispatch.
 */
export function mainStepOf(
  { stage, noSubject }: Pick<CaseSummary, 'stage' | 'noSubject'>,
  role: Role,
): CaseAction | undefined {
  const may = (...roles: Role[]) => role === 'administrator' || roles.includes(role);
  switch (stage) {
    case 'dispatch':
      if (noSubject) return undefined;
      return may('dispatcher', 'supervisor') ? 'dispatch' : undefined;
    case 'send-for-check':
      return may('intake-clerk', 'dispatcher', 'supervisor') ? 'send-for-check' : undefined;
    case 'closing':
      return may('intake-clerk', 'dispatcher', 'supervisor') ? 'close' : undefined;
    default:
      return undefined;
  }
}
