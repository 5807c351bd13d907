export const unitTabs = ['handling', 'others'] as const;
export type UnitTab = (typeof unitTabs)[number];

export interface UnitSearch {
  tab?: UnitTab;
  case?: string;
}

export function unitSearch(search: Record<string, unknown>): UnitSearch {
  return {
    ...(search['tab'] === 'others' ? { tab: 'others' as const } : {}),
    ...(typeof search['case'] === 'string' ? { case: search['case'] } : {}),
  };
}
