import type { clock as zh } from '../zh-CN/clock.ts';
import type { Texts } from '../texts.ts';

export const clock: Texts<typeof zh> = {
  light: { green: 'In time', yellow: 'Due soon', red: 'Late', none: 'Untimed' },
  left: '{{duration}} left',
  over: '{{duration}} late',
  untimed: 'untimed',
  resumes: 'resumes {{at}}',
  turnsYellow: 'turns yellow in {{duration}}',
  turnsRed: 'turns red in {{duration}}',
  dueAt: 'Due {{at}}',
  justNow: 'just now',
  days: '{{count}} d',
  workDays: '{{count}} wd',
  hours: '{{count}} h',
  minutes: '{{count}} min',
  working: 'Working hours',
  resting: 'Outside working hours; ',
  calendarWarning: 'Holidays of {{years}} unknown',
  calendarWarningHint:
    'Deadlines in that year follow the week alone and may change once its holidays are entered.',
};
