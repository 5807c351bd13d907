import type { Part } from '#contract/parts';
import { ResolutionPanel } from '../units/resolution-panel.tsx';

/** Who would answer for this part if something were wrong with it now, and why. */
export function PartResponsible({ part: { class: classId, code, position } }: { part: Part }) {
  return <ResolutionPanel query={{ class: classId, part: code, position }} />;
}
