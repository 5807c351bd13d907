/** The language of a printed bulletin. */
export type Language = 'zh' | 'en';

const chinese = {
  title: (district: string, period: string) => `${district}${period}综合评价通报`,
  kinds: { month: '月度分析', quarter: '季度通报', year: '年度考核' },
  trial: '试行期，单独通报',
  states: {
    draft: '草稿',
    shared: '征求意见稿',
    reviewed: '已审核',
    published: '正式发布',
    withdrawn: '已撤回',
  },
  asOf: (at: string) => `统计截至 ${at}`,
  checksum: '内容校验值',
  ordinal: (n: number) => `${'一二三四五六七八九十'[n - 1] ?? n}、`,
  sections: {
    overview: '总体情况',
    units: '责任单位评价',
    areas: '街道（镇、乡）评价',
    aims: '七项目标走势',
    indicators: '评价指标',
    heads: '网格负责人与楼院长',
    contests: '申诉处理',
    cases: '未及时解决案件',
    rules: '附：统计口径',
  },
  overview: (given: OverviewFigures) =>
    `本期应解决案件 ${given.due} 件（另有 ${given.postponed} 件在缓办额度内扣减），解决 ${given.solved} 件，解决率 ${given.solvedRate}；及时解决 ${given.inTime} 件，及时解决率 ${given.inTimeRate}。按及时解决率八成、解决率二成计，全区得分 ${given.score}（从宽口径 ${given.tolerantScore}）。`,
  targetMet: '解决率达到全年不低于 85% 的目标。',
  targetMissed: '解决率未达到全年不低于 85% 的目标。',
  nothingDue: '本期没有应解决案件。',
  ranked: (best: string, last: string) => `得分最高的单位是${best}，最低的是${last}。`,
  column: {
    rank: '名次',
    unit: '责任单位',
    area: '街道（镇、乡）',
    head: '姓名',
    due: '应解决',
    solved: '解决',
    inTime: '及时',
    inTimeRate: '及时解决率',
    solvedRate: '解决率',
    score: '得分',
    tolerant: '从宽',
    flags: '缓/延/退/重',
    indicator: '指标',
    formula: '公式',
    value: '数值',
    case: '案号',
    className: '类别',
    why: '认定理由',
    request: '申诉请求',
    decision: '处理结果',
  },
  noScore: '无应解决案件',
  noContests: '本期没有申诉。',
  noCases: '本期没有未及时解决的案件。',
  moreCases: (count: number) => `另有 ${count} 件见电子表格。`,
  contest: {
    wants: { 'left-out': '不计入', 'in-time': '按及时计' },
    states: { open: '待裁定', upheld: '支持', refused: '不支持' },
  },
  notRanked: '未排名：应解决案件少于最低样本数。',
  rules: (rule: { quota: string; sample: number; days: number }) => [
    '应解决数：最后一次有效处置期限落在本期的案件，计入届时主办单位；额度内的缓办件扣除。',
    '解决数：其中已结案的案件。及时解决数：其中累计处置用时（计至最后一次反馈）不超过时限，且未出现缓办、延期、退回、重复派遣的案件。',
    `从宽口径：额度内的重复派遣和延期，累计用时在时限内的，按及时计。额度为应解决数（扣除缓办前）的 ${rule.quota}，向下取整，按发生先后使用。`,
    '得分 = 100 ×（0.8 × 及时解决率 + 0.2 × 解决率）。应解决数为 0 的不计算、不排名。',
    `应解决数少于 ${rule.sample} 件的只计分、不排名；同分同名次。申诉须在月末后 ${rule.days} 日内附证据提出。`,
  ],
  sheet: {
    units: '责任单位',
    subdistricts: '街道（镇、乡）',
    communities: '社区',
    classes: '类别',
    channels: '上报渠道',
    gridHeads: '网格负责人',
    courtyardHeads: '楼院长',
    indicators: '评价指标',
    cases: '案件',
    code: '代码',
    subject: '评价对象',
    gross: '应解决（扣缓办前）',
    postponed: '缓办',
    extended: '延期',
    returned: '退回',
    repeated: '重复派遣',
    overdueOpen: '超期未结',
    community: '社区',
    dueAt: '处置期限',
    closedAt: '结案时间',
    limitHours: '时限（小时）',
    usedHours: '用时（小时）',
    rules: '依据',
  },
  page: (current: number, count: number) => `第 ${current} 页，共 ${count} 页`,
  dash: '—',
};

const english: typeof chinese = {
  title: (district, period) => `${district}: evaluation bulletin, ${period}`,
  kinds: { month: 'Monthly analysis', quarter: 'Quarterly bulletin', year: 'Yearly assessment' },
  trial: 'Trial period, reported apart',
  states: {
    draft: 'Draft',
    shared: 'Shared for comments',
    reviewed: 'Reviewed',
    published: 'Published',
    withdrawn: 'Withdrawn',
  },
  asOf: (at) => `Counted up to ${at}`,
  checksum: 'Checksum of the content',
  ordinal: (n) => `${n}. `,
  sections: {
    overview: 'Overview',
    units: 'Responsible units',
    areas: 'Subdistricts, towns, township',
    aims: 'Seven aims over time',
    indicators: 'Indicators',
    heads: 'Grid heads and courtyard heads',
    contests: 'Contests',
    cases: 'Cases not solved in time',
    rules: 'How it is counted',
  },
  overview: (given) =>
    `${given.due} cases were due (${given.postponed} more were postponed within quota). ${given.solved} were solved, a solved rate of ${given.solvedRate}; ${given.inTime} in time, an in-time rate of ${given.inTimeRate}. With weights 0.8 and 0.2 the district scores ${given.score} (tolerant: ${given.tolerantScore}).`,
  targetMet: 'The yearly target of a solved rate of at least 85 % is met.',
  targetMissed: 'The yearly target of a solved rate of at least 85 % is not met.',
  nothingDue: 'No case was due in this period.',
  ranked: (best, last) => `The highest score is that of ${best}, the lowest that of ${last}.`,
  column: {
    rank: 'Rank',
    unit: 'Responsible unit',
    area: 'Area',
    head: 'Name',
    due: 'Due',
    solved: 'Solved',
    inTime: 'In time',
    inTimeRate: 'In-time rate',
    solvedRate: 'Solved rate',
    score: 'Score',
    tolerant: 'Tolerant',
    flags: 'P / E / Rt / Rp',
    indicator: 'Indicator',
    formula: 'Formula',
    value: 'Value',
    case: 'Case',
    className: 'Class',
    why: 'Why it counts so',
    request: 'Asked for',
    decision: 'Decision',
  },
  noScore: 'nothing due',
  noContests: 'There were no contests.',
  noCases: 'Every case was solved in time.',
  moreCases: (count) => `${count} more are in the workbook.`,
  contest: {
    wants: { 'left-out': 'leave out', 'in-time': 'count as in time' },
    states: { open: 'open', upheld: 'upheld', refused: 'refused' },
  },
  notRanked: 'Not ranked: fewer cases due than the minimum sample.',
  rules: (rule) => [
    'Due: cases whose last effective handling deadline lies in the period, for the lead unit that holds them then, less postponed ones within quota.',
    'Solved: of those, closed. In time: of those, with accumulated handling time up to the last feedback within the limit, and without postponement, extension, return or repeated dispatch.',
    `Tolerant: repeats and extensions within quota count as in time if the accumulated time is within the limit. The quota is ${rule.quota} of the cases due before postponed ones are taken out, rounded down, used in order of occurrence.`,
    'Score = 100 × (0.8 × in-time rate + 0.2 × solved rate). With nothing due there is no rate and no rank.',
    `Fewer than ${rule.sample} cases due: a score, but no rank; equal scores share a rank. Contests with evidence within ${rule.days} days after the end of the month.`,
  ],
  sheet: {
    units: 'Units',
    subdistricts: 'Subdistricts',
    communities: 'Communities',
    classes: 'Classes',
    channels: 'Channels',
    gridHeads: 'Grid heads',
    courtyardHeads: 'Courtyard heads',
    indicators: 'Indicators',
    cases: 'Cases',
    code: 'Code',
    subject: 'Subject',
    gross: 'Due before postponed',
    postponed: 'Postponed',
    extended: 'Extended',
    returned: 'Returned',
    repeated: 'Repeated',
    overdueOpen: 'Overdue, open',
    community: 'Community',
    dueAt: 'Handling deadline',
    closedAt: 'Closed',
    limitHours: 'Limit (hours)',
    usedHours: 'Used (hours)',
    rules: 'Rules',
  },
  page: (current, count) => `Page ${current} of ${count}`,
  dash: '—',
};

interface OverviewFigures {
  due: number;
  postponed: number;
  solved: number;
  solvedRate: string;
  inTime: number;
  inTimeRate: string;
  score: string;
  tolerantScore: string;
}

export type Words = typeof chinese;

export const words: Record<Language, Words> = { zh: chinese, en: english };

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2026-10` → 2026年10月, `2026-Q3` → 2026年第三季度, `2026` → 2026年度. */
export function namePeriod(period: string, language: Language): string {
  const [year = '', part] = period.split('-');
  if (part === undefined) return language === 'zh' ? `${year}年度` : year;
  if (part.startsWith('Q')) {
    const quarter = Number(part.slice(1));
    return language === 'zh' ? `${year}年第${'一二三四'[quarter - 1] ?? ''}季度` : `${part} ${year}`;
  }
  return language === 'zh' ? `${year}年${Number(part)}月` : `${monthNames[Number(part) - 1] ?? part} ${year}`;
}

export function kindOfPeriod(period: string): 'month' | 'quarter' | 'year' {
  if (/^\d{4}$/.test(period)) return 'year';
  return period.includes('Q') ? 'quarter' : 'month';
}
