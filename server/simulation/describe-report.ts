import type { SessionUser } from '../access/session-user.ts';
import { newReport } from '../reports/new-report.ts';
import type { ReportRecord } from '../reports/report-record.ts';
import type { CasePlan } from './live-case.ts';
import type { Random } from './seeded-random.ts';
import type { Town } from './town.ts';
import * as words from './words.ts';

const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '马', '赵', '黄', '周'] as const;

/** What somebody reports of a site, as the services write it. */
export function describeReport(
  town: Town,
  random: Random,
  { site, channel, receivedAt }: Pick<CasePlan, 'site' | 'channel' | 'receivedAt'>,
): ReportRecord {
  const reporter = reporterOf(town, random, channel);
  const record = newReport({ axis: town.holder }, reporter, {
    channel,
    text: `${site.entry.name.zh}：${random.pick(words.reportTexts[channel])}`,
    now: new Date(receivedAt),
    urgent: site.limit.urgent,
  });
  return {
    ...record,
    classId: site.entry.id,
    className: site.entry.name,
    reporter:
      channel === 'hotline' || channel === 'public'
        ? { name: `${random.pick(SURNAMES)}先生/女士`, phone: `1390000${random.whole(1000, 9999)}` }
        : {},
    accuracyMetres: site.accuracyMetres,
    place: site.place,
    partCode: site.resolution.part?.code ?? null,
    cameraId: channel === 'video' ? (site.framing?.cameraId ?? null) : null,
  };
}

function reporterOf({ people }: Town, random: Random, channel: CasePlan['channel']): SessionUser {
  switch (channel) {
    case 'collector':
      return random.pick(people.collectors);
    case 'video':
      return random.pick(people.operators);
    case 'hotline':
    case 'public':
      return random.pick(people.hotline);
    case 'device':
    case 'api':
      return random.pick(people.administrators.length > 0 ? people.administrators : people.clerks);
  }
}
