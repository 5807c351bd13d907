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
      const held = lead.conditions.map((condition) => describeCondition(condition));
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

const PLACES: Record<string, Names> = {
  carriageway: { zh: '位于车行道', en: 'on the carriageway' },
  footway: { zh: '位于人行道', en: 'on the footway' },
};

function describeCondition({ name, expected, actual }: Candidate['conditions'][number]): Names {
  switch (name) {
    case 'area':
      return { zh: `在其辖区 ${expected} 内`, en: `within its area ${expected}` };
    case 'place':
      return PLACES[expected] ?? { zh: `地点为${expected}`, en: `place ${expected}` };
    case 'channel':
      return { zh: `来源为${expected}`, en: `reported through ${expected}` };
    case 'owner':
      return { zh: '部件为本单位所有', en: 'it owns the part' };
    case 'maintainer':
      return { zh: '部件由本单位养护', en: 'it maintains the part' };
    case 'builder-in-maintenance':
      return { zh: '部件由本单位建设', en: 'it built the part' };
    case 'in-maintenance':
      return { zh: `在养护期内（至 ${actual}）`, en: `within the maintenance period (until ${actual})` };
    default:
      return { zh: `${name}：${actual}`, en: `${name}: ${actual}` };
  }
}
