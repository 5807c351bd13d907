export const unit = {
  tabHandling: '待处置 {{count}}',
  tabOthers: '已反馈等 {{count}}',
  nothingToHandle: '没有待处置的任务',
  nothingElse: '没有其他在办案件',
  nothingToCheck: '没有待核查的案件',
  emptyHint: '有新任务时会自动出现在这里。',
  chooseTask: '选择一项任务',
  chooseTaskHint: '查看现场画面和时限，反馈时附处置后照片。',
  checksOf: '{{area}} · 待核查',
  chooseCheck: '选择一件待核查案件',
  chooseCheckHint: '到现场核对结案条件，给出结论，可附照片。',
} as const;
