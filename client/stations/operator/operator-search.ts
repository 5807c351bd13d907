export const layouts = [1, 4, 9] as const;
export type Layout = (typeof layouts)[number];

export interface OperatorSearch {
  layout?: Layout;
  /** Ids of the cameras by tile, joined by commas; a tile left out shows the next camera in order. */
  cameras?: string;
  case?: string;
}

/** The layout of the tiles lives in the address: it survives a reload and can be sent to a colleague. */
export function operatorSearch(search: Record<string, unknown>): OperatorSearch {
  const layout = layouts.find((one) => one === Number(search['layout']));
  return {
    ...(layout ? { layout } : {}),
    ...(typeof search['cameras'] === 'string' && search['cameras'] ? { cameras: search['cameras'] } : {}),
    ...(typeof search['case'] === 'string' ? { case: search['case'] } : {}),
  };
}

/** Which camera each tile shows: those chosen, then the others in their order; undefined where there are none left. */
export function camerasOfTiles(
  ids: readonly string[],
  layout: Layout,
  chosen: string | undefined,
): (string | undefined)[] {
  const wanted = (chosen ?? '').split(',').slice(0, layout);
  const valid = wanted.map((id) => (ids.includes(id) ? id : undefined));
  const others = ids.filter((id) => !valid.includes(id));
  return Array.from({ length: layout }, (_, index) => valid[index] ?? others.shift());
}
