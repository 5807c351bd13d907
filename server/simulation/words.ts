import type { Channel } from '#contract/reports';
import type { ReturnReason } from '#contract/requests';

/** What people write in the sample; their names and the class's come before it. */
export const reportTexts: Record<Channel, readonly string[]> = {
  collector: ['巡查发现，现场已拍照', '巡查发现，影响通行', '巡查发现，范围约三平方米', '巡查路段第二次发现'],
  video: ['视频巡查发现', '视频巡查发现，已框选'],
  hotline: ['来电反映，希望尽快处理', '居民来电反映多日无人处理', '来电反映，要求回复'],
  public: ['市民拍照上报', '随手拍上报，位置见定位'],
  device: ['设备自动告警'],
  api: ['外部平台转入'],
};

export const rejectReasons = [
  '不属于管理范围',
  '现场核实无此问题',
  '描述不清，无法定位',
  '已由其他渠道受理',
] as const;
export const feedbackNotes = [
  '已处置，请核查。',
  '现场已清理完毕。',
  '已修复，恢复原状。',
  '已劝离并恢复秩序。',
] as const;
export const returnReasons: readonly [code: ReturnReason, text: string][] = [
  ['not-our-duty', '该事项不在本单位职责范围内'],
  ['not-our-area', '位置在相邻街道辖区'],
  ['wrong-class', '问题类别有误，应由其他单位处置'],
  ['nothing-there', '现场未发现所述问题'],
];
export const redispatchReasons = ['核对职责后改派', '按属地管理改派', '复核后仍由原单位处置'] as const;
export const extensionReasons = [
  '备件采购需要时间',
  '连续降雨无法施工',
  '需夜间交通管制后施工',
  '涉及产权单位协调',
] as const;
export const postponementReasons = [
  '冬季停工，待开工后处置',
  '列入改造计划，统一实施',
  '需会同多部门研究',
] as const;
export const decisionNotes = {
  approved: ['情况属实，同意。', '同意，请按期完成。'],
  refused: ['理由不充分，按原时限办理。'],
} as const;
export const superviseNotes = [
  '已超时，请立即处置并反馈。',
  '领导督办，请加快办理。',
  '临近时限，请抓紧办理。',
] as const;
export const failedCheckNotes = [
  '现场问题依旧，退回重新处置。',
  '只处理了一部分。',
  '照片与现场不符。',
] as const;
export const voidReasons = ['重复立案', '误报，现场核实无此问题', '当事人已自行整改，撤销'] as const;
export const coordinationReasons = ['无责任主体，按属地管理指定', '协调后确定责任单位'] as const;
export const contestReasons = [
  '处置受天气影响，有气象记录为证',
  '非本单位责任，已附权属证明',
  '实际在时限内完成，反馈因网络延迟',
] as const;
export const contestNotes = {
  upheld: ['证据充分，予以采纳。'],
  refused: ['证据不足，维持原评价。'],
} as const;
