export const wall = {
  counters: '案件数量',
  open: '在办案件',
  filedToday: '今日立案',
  closedToday: '今日结案',
  bySubdistrict: '各街道（乡镇）在办',
  changes: '最新动态',
  noChanges: '暂无动态',
  noChangesHint: '立案、派遣、反馈、核查、结案会实时出现在这里。',
  visit: '刚刚超时的案件',
} as const;
