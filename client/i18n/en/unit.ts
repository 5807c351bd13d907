import type { unit as zh } from '../zh-CN/unit.ts';
import type { Texts } from '../texts.ts';

export const unit: Texts<typeof zh> = {
  tabHandling: 'To handle {{count}}',
  tabOthers: 'Fed back {{count}}',
  nothingToHandle: 'Nothing to handle',
  nothingElse: 'No other open cases',
  nothingToCheck: 'Nothing to check',
  emptyHint: 'New tasks appear here by themselves.',
  chooseTask: 'Choose a task',
  chooseTaskHint: 'See the scene and the limit; feed back with photos of the result.',
  checksOf: '{{area}} · to check',
  chooseCheck: 'Choose a case to check',
  chooseCheckHint:
    'Compare the place with the closing condition and give your verdict, with photos if they help.',
};
