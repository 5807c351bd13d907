import type { CaseSummary, Stage } from '#contract/cases';

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

/** What may set a case apart, and how one sees it. */
const marks = {
  request: ({ request }) => request !== undefined,
  'no-subject': ({ noSubject }) => noSubject === true,
  'second-notice': ({ secondNotices }) => secondNotices > 0,
  postponed: ({ flags }) => flags.postponedAt !== undefined,
  extended: ({ flags }) => flags.extendedAt !== undefined,
  returned: ({ flags }) => flags.returnedAt !== undefined,
  repeated: ({ flags }) => flags.repeatedAt !== undefined,
  urgent: ({ urgent }) => urgent,
  urged: ({ supervision }) => supervision !== undefined,
} as const satisfies Record<string, (one: CaseSummary) => boolean>;

export type DeskMark = keyof typeof marks;
export const deskMarks = Object.keys(marks) as DeskMark[];

export function hasMark(one: CaseSummary, mark: DeskMark): boolean {
  return marks[mark](one);
}

export interface DeskSearch {
  stage?: DeskStage;
  light?: DeskLight;
  mark?: DeskMark;
  subdistrict?: string;
  unit?: string;
  q?: string;
  case?: string;
}

export function deskSearch(search: Record<string, unknown>): DeskSearch {
  const stage = deskStages.find((one) => one === search['stage']);
  const light = deskLights.find((one) => one === search['light']);
  const mark = deskMarks.find((one) => one === search['mark']);
  // A code of digits alone is read from the address as a number.
  const text = (key: string) => {
    const value = search[key];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  };
  return {
    ...(stage ? { stage } : {}),
    ...(light ? { light } : {}),
    ...(mark ? { mark } : {}),
    ...(text('subdistrict') ? { subdistrict: text('subdistrict') } : {}),
    ...(text('unit') ? { unit: text('unit') } : {}),
    ...(text('q') ? { q: text('q') } : {}),
    ...(text('case') ? { case: text('case') } : {}),
  };
}
