export const adminTabs = [
  'imports',
  'grid',
  'classes',
  'limits',
  'working-time',
  'units',
  'duties',
  'coverage',
  'heads',
  'changes',
  'keys',
] as const;
export type AdminTab = (typeof adminTabs)[number];

export interface AdminSearch {
  tab?: AdminTab;
  job?: string;
  /** Number of the problem looked at, of a cell check. */
  problem?: number;
}

export function adminSearch(search: Record<string, unknown>): AdminSearch {
  const tab = adminTabs.find((one) => one === search['tab']);
  const { job, problem } = search;
  return {
    ...(tab ? { tab } : {}),
    ...(typeof job === 'string' && /^[0-9a-f-]{36}$/.test(job) ? { job } : {}),
    ...(typeof problem === 'number' && Number.isInteger(problem) && problem >= 0 ? { problem } : {}),
  };
}
