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
  // A code of digits alone is read from the address as a number.
  const text = (key: string) => {
    const value = search[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  return {
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(text('subdistrict') ? { subdistrict: text('subdistrict') } : {}),
    ...(text('unit') ? { unit: text('unit') } : {}),
    ...(text('q') ? { q: text('q') } : {}),
    ...(text('case') ? { case: text('case') } : {}),
  };
}
