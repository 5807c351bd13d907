import type { CaseDetail } from '#contract/cases';
import { ResolutionPanel } from '../units/resolution-panel.tsx';

/** Why this unit, by which limit it is judged, and who else was considered. */
export function CaseReason({ one }: { one: CaseDetail }) {
  const { unit, assistants, candidates, why, condition } = one;
  return <ResolutionPanel resolution={{ unit, assistants, candidates, why, limit: condition }} />;
}
