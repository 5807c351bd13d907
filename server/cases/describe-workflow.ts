import type { Stage } from '#contract/cases';
import type { Workflow } from '#contract/workflow';
import { caseActions, openStages, transitions } from './workflow.ts';

const stages: Stage[] = [...openStages, 'closed', 'void'];

/** The declared workflow as data, for screens and machines. */
export function describeWorkflow(): Workflow {
  return {
    stages,
    actions: [...caseActions],
    transitions: transitions.map((step) => ({
      action: step.action,
      ...(step.logged === undefined ? {} : { logged: step.logged }),
      from: [...step.from],
      to: step.to,
      ...(step.outcome === undefined ? {} : { outcome: step.outcome }),
      roles: [...step.roles],
      guards: [...step.guards],
      inputs: [...step.inputs],
      optional: [...(step.optional ?? [])],
      effects: [...step.effects],
      main: step.main ?? false,
    })),
  };
}
