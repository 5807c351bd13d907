export function checksSearch(search: Record<string, unknown>): { case?: string } {
  return typeof search['case'] === 'string' ? { case: search['case'] } : {};
}
