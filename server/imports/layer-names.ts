import type { ImportLayer } from '#contract/imports';
import type { Names } from '#contract/shared';

/** Layers in the titles of jobs. */
export const layerNames: Record<ImportLayer, Names> = {
  divisions: { zh: '行政区划', en: 'divisions' },
  cells: { zh: '单元网格', en: 'cells' },
  parts: { zh: '部件', en: 'parts' },
  buildings: { zh: '建筑', en: 'buildings' },
  roads: { zh: '道路', en: 'roads' },
  cameras: { zh: '摄像机', en: 'cameras' },
  cases: { zh: '历史案件', en: 'past cases' },
};
