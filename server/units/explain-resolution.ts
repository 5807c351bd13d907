import type { Names } from '#contract/shared';
import type { Candidate } from '#contract/units';
import type { ResolutionFacts, UnitRef } from './resolve-unit.ts';

/** The deciding rule as one sentence, for people: `lead` decided, or nobody did and `proposed` is offered. */
export function explainResolution(
  lead: Candidate | undefined,
  { part }: ResolutionFacts,
  proposed: UnitRef | undefined,
): Names {
  if (!lead) return explainNobody(proposed);
  const { zh, en } = lead.unit.name;
  switch (lead.rule) {
    case 'part-maintainer': {
      const until = part?.maintenanceUntil;
      return {
        zh: `${zh}是部件 ${part?.code} 的养护单位${until ? `（养护期至 ${until}）` : ''}`,
        en: `${en} maintains part ${part?.code}${until ? ` (until ${until})` : ''}`,
      };
    }
    case 'part-owner':
      return { zh: `${zh}是部件 ${part?.code} 的权属单位`, en: `${en} owns part ${part?.code}` };
    case 'duty-by-area-and-condition': {
      const held = lead.conditions.flatMap(({ text }) => text ?? []);
      return {
        zh: `按职责由${zh}负责：${held.map((one) => one.zh).join('，')}`,
        en: `${en} by duty: ${held.map((one) => one.en).join(', ')}`,
      };
    }
    default:
      return { zh: `按职责由${zh}负责该类别`, en: `${en} answers for this class by duty` };
  }
}

function explainNobody(proposed: UnitRef | undefined): Names {
  if (!proposed) return { zh: '无责任主体，请协调确定', en: 'No responsible subject; to be coordinated' };
  return {
    zh: `无责任主体；按属地管理建议${proposed.name.zh}，由协调人确定`,
    en: `No responsible subject; ${proposed.name.en} is proposed as the territory, for the coordinator to decide`,
  };
}
