import type { Names } from '#contract/shared';
import type { Candidate } from '#contract/units';

type Facts = Pick<Candidate['conditions'][number], 'name' | 'expected' | 'actual' | 'holds'>;

const NOTHING = '—';

const PLACES: Record<string, Names> = {
  carriageway: { zh: '车行道', en: 'the carriageway' },
  footway: { zh: '人行道', en: 'the footway' },
};

const CHANNELS: Record<string, Names> = {
  'subdistrict-video': { zh: '街道自有视频监控', en: 'the subdistrict’s own video room' },
  video: { zh: '视频监控', en: 'video' },
  collector: { zh: '信息采集员', en: 'a collector' },
  hotline: { zh: '民情通热线', en: 'the hotline' },
  public: { zh: '公众上报', en: 'the public' },
  device: { zh: '设备报警', en: 'a device alarm' },
  api: { zh: '接口接入', en: 'an interface' },
};

const named = (names: Record<string, Names>, value: string): Names =>
  names[value] ?? { zh: value, en: value };

/**
 * A condition of a candidate as a phrase, with what was expected and what was found where it failed.
 * `about` names the area or the unit that the condition is about.
 */
export function sayCondition(condition: Facts, about?: Names): Names {
  const { name, expected, actual, holds } = condition;
  switch (name) {
    case 'unit-known':
      return holds
        ? { zh: `${actual}是在册责任单位`, en: `${about?.en ?? actual} is one of the units` }
        : { zh: `“${expected}”不在责任单位名册中`, en: `“${expected}” is none of the units` };
    case 'unit-open':
      return { zh: `该单位自 ${actual} 起停用`, en: `the unit is closed since ${actual}` };
    case 'valid':
      return sayValidity(expected, actual);
    case 'area':
      return sayArea(about ?? { zh: expected, en: expected }, holds);
    case 'place':
      return sayPlace(condition);
    case 'channel':
      return sayChannel(condition);
    case 'owner':
      return saySteward(condition, { zh: '权属单位', en: 'owner' }, { zh: '所有', en: 'it owns the part' });
    case 'maintainer':
      return saySteward(
        condition,
        { zh: '养护单位', en: 'maintainer' },
        { zh: '养护', en: 'it maintains the part' },
      );
    case 'builder-in-maintenance':
      return saySteward(
        condition,
        { zh: '建设单位', en: 'builder' },
        { zh: '建设', en: 'it built the part' },
      );
    case 'in-maintenance':
      return sayMaintenance(actual, holds);
    default:
      return { zh: `${name}：${actual}`, en: `${name}: ${actual}` };
  }
}

/** `expected` is `[from, to)`. */
function sayValidity(expected: string, today: string): Names {
  const [from = '', to = ''] = expected.slice(1, -1).split(', ');
  return today < from
    ? { zh: `职责自 ${from} 起生效`, en: `the duty begins on ${from}` }
    : { zh: `职责已于 ${to} 终止`, en: `the duty ended on ${to}` };
}

function sayArea({ zh, en }: Names, holds: boolean): Names {
  return holds
    ? { zh: `在${zh}辖区内`, en: `within ${en}` }
    : { zh: `不在${zh}辖区内`, en: `not within ${en}` };
}

function sayPlace({ expected, actual, holds }: Facts): Names {
  const wanted = named(PLACES, expected);
  if (holds) return { zh: `位于${wanted.zh}`, en: `on ${wanted.en}` };
  const found = named(PLACES, actual);
  return actual === NOTHING
    ? { zh: `限于${wanted.zh}，此处不是道路`, en: `only on ${wanted.en}; this is no street` }
    : { zh: `限于${wanted.zh}，此处是${found.zh}`, en: `only on ${wanted.en}; this is ${found.en}` };
}

function sayChannel({ expected, actual, holds }: Facts): Names {
  const wanted = named(CHANNELS, expected);
  if (holds) return { zh: `由${wanted.zh}发现`, en: `reported through ${wanted.en}` };
  const found = named(CHANNELS, actual);
  return actual === NOTHING
    ? { zh: `限于${wanted.zh}发现的问题`, en: `only what is reported through ${wanted.en}` }
    : {
        zh: `限于${wanted.zh}发现的问题，此件来自${found.zh}`,
        en: `only what is reported through ${wanted.en}; this came through ${found.en}`,
      };
}

function saySteward({ expected, actual, holds }: Facts, role: Names, held: Names): Names {
  if (holds) return { zh: `部件由本单位${held.zh}`, en: held.en };
  return actual === NOTHING
    ? {
        zh: `限于${expected}为${role.zh}的部件，此处没有登记`,
        en: `only parts whose ${role.en} it is; none is known here`,
      }
    : {
        zh: `限于${expected}为${role.zh}的部件，此部件的${role.zh}是${actual}`,
        en: `only parts whose ${role.en} it is; of this one that is ${actual}`,
      };
}

function sayMaintenance(until: string, holds: boolean): Names {
  if (holds) return { zh: `在养护期内（至 ${until}）`, en: `within the maintenance period (until ${until})` };
  return until === NOTHING
    ? { zh: '没有登记养护期', en: 'no maintenance period is known' }
    : { zh: `养护期已于 ${until} 届满`, en: `the maintenance period ended on ${until}` };
}
