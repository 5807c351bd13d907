import type { Stage } from '#contract/cases';

export const deskStages = [
  'dispatch',
  'handling',
  'send-for-check',
  'check',
  'closing',
] as const satisfies Stage[];
export type DeskStage = (typeof deskStages)[number];
export const deskLights = ['red', 'yellow', 'green', 'none'] as const;
export type DeskLight = (typeof deskLights)[number];

export interface DeskSearch {
  stage?: DeskStage;
  light?: DeskLight;
  subdistrict?: string;
  unit?: string;
  q?: string;
  case?: string;
}

export function deskSearch(search: Record<string, unknown>): DeskSearch {
  const stage = deskStages.find((one) => one === search['stage']);
  const light = deskLights.find((one) => one === search['light']);
  const text = (key: string) => (search[key] === undefined ? '' : String(search[key]));
  return {
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(text('subdistrict') ? { subdistrict: text('subdistrict') } : {}),
    ...(text('unit') ? { unit: text('unit') } : {}),
    ...(text('q') ? { q: text('q') } : {}),
    ...(text('case') ? { case: text('case') } : {}),
  };
}
