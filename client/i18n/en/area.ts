import type { area as zh } from '../zh-CN/area.ts';
import type { Texts } from '../texts.ts';

export const area: Texts<typeof zh> = {
  upTo: 'Back to {{area}}',
  showMap: 'Map',
  showList: 'List',
  summary: 'How the area stands',
  open: 'Open',
  today: 'Today: {{filed}} filed, {{closed}} closed',
  subAreas: 'Areas below',
  openCount: '{{count}} open',
  moreAreas: 'Show {{count}} more areas',
  fewer: 'Show fewer',
  quiet: '{{count}} more without an open case',
  cases: 'Cases',
  lateCases: 'Late cases: {{count}}',
  allCases: 'All open cases: {{count}}',
  showAll: 'Show all open',
  onlyLate: 'Only late',
  noneLate: 'No case is late',
  noneLateHint: 'A case appears here the moment it is late.',
  heldBy: 'Held by',
  heldFor: 'for {{duration}}',
  call: 'Call {{unit}}',
};
