import type { CaseSummary } from '#contract/cases';

/** What a unit has to do about a case now; the key of its sentence. */
export function toDoOf(one: CaseSummary, unit: string) {
  const isLead = one.unit?.code === unit;
  if (!isLead) return one.stage === 'handling' ? 'assist' : 'withOthers';
  switch (one.stage) {
    case 'handling':
      if (one.request) return one.request.kind === 'return' ? 'returnWaits' : 'requestWaits';
      if (one.secondNotices > 0) return 'secondNotice';
      return one.supervision ? 'urged' : 'handle';
    case 'send-for-check':
      return 'fedBack';
    case 'check':
      return 'inCheck';
    case 'closing':
      return 'checked';
    default:
      return 'withOthers';
  }
}
