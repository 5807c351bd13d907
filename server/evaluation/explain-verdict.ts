import type { EvaluationMode } from '#contract/evaluation';
import type { Names } from '#contract/shared';
import { dayOf } from '#clock/calendar-day';
import type { CaseFacts } from './case-facts.ts';
import { limitWithout, type Flag, type Standing, type Verdict } from './judge-cases.ts';

export interface Explanation {
  why: Names;
  /** The rules it rests on, in order: `R6`, `SPEC 4 延期`. */
  rules: string[];
}

interface Said extends Names {
  rules: string[];
}

const flagWords: Record<Flag | 'return', { zh: string; en: string; rule: string }> = {
  postponement: { zh: '缓办', en: 'postponement', rule: 'SPEC 4 缓办' },
  extension: { zh: '延期', en: 'extension', rule: 'SPEC 4 延期' },
  repeat: { zh: '重复派遣', en: 'repeated dispatch', rule: 'SPEC 4 重复派遣' },
  return: { zh: '退回', en: 'return', rule: 'SPEC 4 退回' },
};

/** Why a case counts as it does in a mode: one sentence in both languages, with its figures and days. */
export function explainVerdict(verdict: Verdict, mode: EvaluationMode, timeZone: string): Explanation {
  const said = sayAll(verdict, mode, timeZone);
  return {
    why: { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') },
    rules: [...new Set(['R7', ...said.flatMap(({ rules }) => rules)])],
  };
}

function sayAll(verdict: Verdict, mode: EvaluationMode, timeZone: string): Said[] {
  const { facts, due, solved, inTime } = verdict;
  const day = (at: Date) => sayDay(at, facts.dueAt ?? at, timeZone);
  if (!due && verdict.postponement && facts.postponedAt) {
    const { rank, quota } = verdict.postponement;
    const on = day(facts.postponedAt);
    return [
      {
        zh: `${on.zh}批准缓办，占配额 ${quota} 件中的第 ${rank} 件，从应解决件中扣除`,
        en: `postponed on ${on.en}, number ${rank} of a quota of ${quota}: taken out of the cases due`,
        rules: ['SPEC 4 缓办', 'R6'],
      },
    ];
  }
  if (facts.ruling === 'in-time') {
    return [
      {
        zh: `申诉成立，按及时解决计${solved ? '' : '；但尚未结案'}`,
        en: `a contest was upheld: counted as in time${solved ? '' : ', but not closed yet'}`,
        rules: ['SPEC 5 申诉'],
      },
    ];
  }
  if (!solved) return [...sayOpen(verdict, day), ...sayFlags(verdict, mode, day)];
  const time = sayTime(verdict, mode);
  const flags = sayFlags(verdict, mode, day);
  const outcome: Said = inTime[mode]
    ? { zh: '已结案，及时解决', en: 'closed in time', rules: [mode === 'strict' ? 'SPEC 5' : 'R8'] }
    : { zh: '已结案，不计及时', en: 'closed, not in time', rules: [mode === 'strict' ? 'SPEC 5' : 'R8'] };
  return [outcome, time, ...flags];
}

function sayOpen({ facts, overdueOpen }: Verdict, day: (at: Date) => Names): Said[] {
  const dueOn = day(facts.dueAt ?? facts.filedAt);
  if (!overdueOpen) {
    return [
      {
        zh: '责任单位已在时限内反馈，但尚未结案',
        en: 'fed back within its limit, but not closed yet',
        rules: ['SPEC 5'],
      },
    ];
  }
  return [
    facts.usedSeconds === null
      ? {
          zh: `未结案，处置时限已于${dueOn.zh}届满`,
          en: `not closed; its limit ended on ${dueOn.en}`,
          rules: ['SPEC 5'],
        }
      : {
          zh: `未结案，反馈超出时限 ${sayDuration(facts.usedSeconds - (facts.limitSeconds ?? 0)).zh}`,
          en: `not closed; fed back ${sayDuration(facts.usedSeconds - (facts.limitSeconds ?? 0)).en} over its limit`,
          rules: ['SPEC 5'],
        },
  ];
}

/** The time used against the limit that counts in this mode, and why it is that much. */
function sayTime({ facts, extension }: Verdict, mode: EvaluationMode): Said {
  const extended = mode === 'tolerant' && (extension?.within ?? false);
  const limit = extended ? (facts.limitSeconds ?? 0) : limitWithout(facts);
  const used = facts.usedSeconds ?? 0;
  const [usedText, limitText] = [sayDuration(used), sayDuration(limit)];
  const rules = accumulationRules(facts);
  const counted: Names =
    facts.unitDispatches >= 3
      ? {
          zh: `（第 ${facts.unitDispatches} 次派遣，自首次派遣起全过程累计）`,
          en: ` (dispatch number ${facts.unitDispatches}: all time since the first counts)`,
        }
      : facts.unitDispatches === 2
        ? { zh: '（第 2 次派遣，处置时间累计）', en: ' (second dispatch: handling time accumulates)' }
        : { zh: '', en: '' };
  if (used <= limit) {
    return {
      zh: `处置用时 ${usedText.zh}，时限 ${limitText.zh}${counted.zh}`,
      en: `handled in ${usedText.en} of ${limitText.en}${counted.en}`,
      rules,
    };
  }
  const over = sayDuration(used - limit);
  return {
    zh: `处置用时超出时限 ${limitText.zh} 达 ${over.zh}${counted.zh}`,
    en: `closed ${over.en} after the limit of ${limitText.en}${counted.en}`,
    rules,
  };
}

function accumulationRules({ unitDispatches }: CaseFacts): string[] {
  if (unitDispatches >= 3) return ['SPEC 4 全过程累计计时'];
  return unitDispatches === 2 ? ['SPEC 4 累计计时'] : [];
}

function sayFlags(verdict: Verdict, mode: EvaluationMode, day: (at: Date) => Names): Said[] {
  const { facts, postponement, extension, repeat } = verdict;
  const said: Said[] = [];
  if (facts.postponedAt) said.push(sayFlag('postponement', facts.postponedAt, postponement, mode, day));
  if (facts.extendedAt) said.push(sayFlag('extension', facts.extendedAt, extension, mode, day));
  if (facts.returnedAt) {
    const on = day(facts.returnedAt);
    said.push({
      zh: `${on.zh}曾退回，不计及时`,
      en: `returned on ${on.en}: never in time`,
      rules: [flagWords.return.rule],
    });
  }
  if (facts.repeatedAt) {
    const one = sayFlag('repeat', facts.repeatedAt, repeat, mode, day);
    said.push(facts.failedChecks > 0 ? { ...one, rules: ['R5', ...one.rules] } : one);
  }
  return said;
}

function sayFlag(
  flag: Flag,
  at: Date,
  standing: Standing | null,
  mode: EvaluationMode,
  day: (at: Date) => Names,
): Said {
  const words = flagWords[flag];
  const on = day(at);
  const accepted = mode === 'tolerant' && flag !== 'postponement' && standing?.within;
  if (accepted) {
    return {
      zh: `${on.zh}${words.zh}，在配额 ${standing.quota} 件内（第 ${standing.rank} 件），予以认可`,
      en: `${words.en} of ${on.en} recognised: number ${standing.rank} of a quota of ${standing.quota}`,
      rules: [words.rule, 'R6', 'R8'],
    };
  }
  if (mode === 'strict' && flag !== 'postponement') {
    return {
      zh: `${on.zh}有${words.zh}，不计及时`,
      en: `${words.en} on ${on.en}: never in time`,
      rules: [words.rule, 'R8'],
    };
  }
  const quota = standing?.quota ?? 0;
  const usedUp = standing?.usedUpAt ? day(standing.usedUpAt) : undefined;
  return {
    zh: `${on.zh}${words.zh}不予认可：${usedUp ? `配额 ${quota} 件已于${usedUp.zh}用完` : `配额为 ${quota} 件`}`,
    en: `${words.en} not recognised: ${usedUp ? `quota of ${quota} used up on ${usedUp.en}` : `the quota is ${quota}`}`,
    rules: [words.rule, 'R6', ...(mode === 'tolerant' ? ['R8'] : [])],
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day in the deployment's time zone; its year only where it is not that of the deadline. */
function sayDay(at: Date, beside: Date, timeZone: string): Names {
  const [year = '', month = '', day = ''] = dayOf(at.getTime(), timeZone).split('-');
  const sameYear = dayOf(beside.getTime(), timeZone).startsWith(year);
  return {
    zh: `${sameYear ? '' : `${year} 年 `}${Number(month)} 月 ${Number(day)} 日`,
    en: `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''}${sameYear ? '' : ` ${year}`}`,
  };
}

/** Hours and minutes of the clock's own time, cut to the minute; less than one in seconds. */
function sayDuration(seconds: number): Names {
  if (seconds < 60) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const zh = [...(hours > 0 ? [`${hours} 小时`] : []), ...(minutes > 0 ? [`${minutes} 分`] : [])];
  const en = [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])];
  return { zh: zh.join(' '), en: en.join(' ') };
}
