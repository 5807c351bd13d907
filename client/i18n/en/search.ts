import type { Texts } from '../texts.ts';
import type { search as chinese } from '../zh-CN/search.ts';

export const search: Texts<typeof chinese> = {
  open: 'Search',
  label: 'Search codes, names, pinyin initials, addresses, cases, cameras',
  placeholder: 'Code, name, pinyin, address, case number, lon/lat',
  recent: 'Recent searches',
  forget: 'Clear',
  results: 'Results',
  waiting: 'Searching',
  found: '{{count}} found',
  none: 'Nothing found for “{{words}}”',
  noneHint: 'Try the last digits of a code, pinyin initials, “class road”, or a longitude and latitude.',
  failed: 'Search is not available just now',
  close: 'Close search',
  clear: 'Clear the words',
  move: 'move',
  choose: 'open',
  leave: 'close',
  kind: {
    position: 'Position',
    division: 'Divisions',
    cell: 'Cells',
    part: 'Parts',
    class: 'Classes',
    road: 'Roads',
    building: 'Buildings and places',
    case: 'Cases',
    camera: 'Cameras',
    unit: 'Responsible units',
  },
};
