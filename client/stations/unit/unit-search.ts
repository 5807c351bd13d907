export const unitTabs = ['handling', 'others', 'past'] as const;
export type UnitTab = (typeof unitTabs)[number];

export interface UnitSearch {
  tab?: UnitTab;
  case?: string;
}

export function unitSearch(search: Record<string, unknown>): UnitSearch {
  const tab = unitTabs.find((one) => one === search['tab']);
  return {
    ...(tab && tab !== 'handling' ? { tab } : {}),
    ...(typeof search['case'] === 'string' ? { case: search['case'] } : {}),
  };
}
