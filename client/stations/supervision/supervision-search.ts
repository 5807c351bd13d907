export function supervisionSearch(search: Record<string, unknown>): { case?: string } {
  return typeof search['case'] === 'string' ? { case: search['case'] } : {};
}
