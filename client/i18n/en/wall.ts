import type { wall as zh } from '../zh-CN/wall.ts';
import type { Texts } from '../texts.ts';

export const wall: Texts<typeof zh> = {
  counters: 'Counts of cases',
  open: 'Open cases',
  filedToday: 'Filed today',
  closedToday: 'Closed today',
  bySubdistrict: 'Open by subdistrict',
  changes: 'Latest changes',
  noChanges: 'Nothing has changed yet',
  noChangesHint: 'Filing, dispatch, feedback, checks and closing appear here as they happen.',
  visit: 'A case that has just become late',
};
