import type { desk as zh } from '../zh-CN/desk.ts';
import type { Texts } from '../texts.ts';

export const desk: Texts<typeof zh> = {
  queue: 'Open cases {{count}}',
  keys: '↑↓ choose · Enter opens · D takes the next step',
  allStages: 'All',
  allLights: 'All',
  subdistrict: 'Subdistrict',
  find: 'Number, class, unit',
  noMatch: 'No case fits these filters',
  clearFilters: 'Clear filters',
  column: { due: 'Due', class: 'Class', stage: 'Stage', place: 'Place', unit: 'Unit', number: 'Number', step: 'Next step' },
  stepDone: '{{number}}: {{step}} done',
  reports: 'Reports waiting {{count}}',
  noReports: 'No report waits',
  noReportsHint: 'Reports of the hotline, the public and devices appear here.',
  noClass: 'No class',
  noPosition: 'Without a position it cannot be filed',
  accept: 'File',
  accepted: 'Filed and dispatched',
  reject: 'Reject',
  rejectReason: 'Why it is not filed',
  rejectConfirm: 'Confirm',
  channel: { video: 'Video', collector: 'Collector', hotline: 'Hotline', public: 'Public', device: 'Device', api: 'API' },
};
