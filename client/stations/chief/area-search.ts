export interface AreaSearch {
  /** A division inside my area. */
  division?: string;
  map?: true;
  case?: string;
}

export function areaSearch(search: Record<string, unknown>): AreaSearch {
  const division = typeof search['division'] === 'number' ? String(search['division']) : search['division'];
  return {
    ...(typeof division === 'string' && /^\d{6,12}$/.test(division) ? { division } : {}),
    ...(search['map'] === true ? { map: true as const } : {}),
    ...(typeof search['case'] === 'string' ? { case: search['case'] } : {}),
  };
}
