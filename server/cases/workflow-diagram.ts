import { openStages, transitions, type Transition } from './workflow.ts';

/** `docs/workflow.md`: the declared workflow as a Mermaid diagram and a table. */
export function workflowMarkdown(): string {
  return [
    '# The workflow of a case',
    '',
    'Drawn from `server/cases/workflow.ts`, the only place where it is declared; a test compares.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...arrows().map((arrow) => `  ${arrow}`),
    '```',
    '',
    '| action | from | to | roles | only when | must carry | may carry | effects |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...transitions.map(row),
    '',
    'The administrator may do whatever any role may.',
    '',
  ].join('\n');
}

/** Actions that leave the stage as it is are not drawn, apart from urging. */
function arrows(): string[] {
  const labels = new Map<string, string[]>();
  for (const step of transitions) {
    const [from, to] = ends(step);
    if (to === undefined) continue;
    for (const stage of from) {
      const arrow = `${stage} --> ${to === 'same' ? stage : to}`;
      labels.set(arrow, [...(labels.get(arrow) ?? []), nameOf(step)]);
    }
  }
  return [
    ...[...labels].map(([arrow, actions]) => `${arrow} : ${actions.join(', ')}`),
    'closed --> [*]',
    'void --> [*]',
  ];
}

function ends(step: Transition): [from: readonly string[], to: string | undefined] {
  if (step.from.length === 0) return [['[*]'], step.to];
  if (step.to === 'same' && step.action !== 'supervise') return [[], undefined];
  return [step.from, step.to];
}

function nameOf({ action, outcome, logged, asks }: Transition): string {
  if (logged !== undefined) return `${action} (asked)`;
  if (outcome === undefined || asks !== undefined) return action;
  if (action === 'check') return outcome ? `${action} passed` : `${action} failed`;
  return outcome ? `${action} approved` : `${action} refused`;
}

function row(step: Transition): string {
  const from = openStages.every((stage) => step.from.includes(stage))
    ? ['any open', ...step.from.filter((stage) => !openStages.some((open) => open === stage))]
    : step.from;
  const cells = [nameOf(step), list(from), step.to, list(step.roles), list(step.guards), list(step.inputs)];
  const carried = list(step.optional ?? []);
  return `| ${[...cells, carried, list(step.effects)].join(' | ')} |`;
}

function list(words: readonly string[]): string {
  return words.length === 0 ? '—' : words.join(', ');
}
