import type { NewReport } from '#contract/reports';
import type { LonLat } from '#contract/shared';

/** Where a sample case may happen: on a footway or carriageway, or at a part. */
export interface SamplePlace {
  kind: 'footway' | 'carriageway' | 'part';
  position: LonLat;
  part?: string;
  class?: string;
}

export interface PlannedCase {
  report: NewReport;
  receivedAt: Date;
  /** Minutes from one step to the next. */
  verifiedAfter: number;
  /** undefined: the unit is still at it. */
  handledAfter?: number;
  stopsAt: 'handling' | 'send-for-check' | 'check' | 'second-notice' | 'closing' | 'closed';
}

/** What happens where, and what people say of it. */
const EVENTS: [kind: SamplePlace['kind'], classId: string, text: string][] = [
  ['footway', 'E06010', '人行道上有成堆生活垃圾'],
  ['footway', 'E09001', '有流动摊贩占道叫卖'],
  ['footway', 'E09005', '店铺把货摆到门外'],
  ['footway', 'E06036', '便道上堆着杂物'],
  ['footway', 'E09010', '非机动车乱停，行人过不去'],
  ['footway', 'E07001', '墙面和灯杆贴满小广告'],
  ['footway', 'E06042', '垃圾箱满了没人清'],
  ['footway', 'E06051', '盲道断了一截'],
  ['carriageway', 'E06013', '路面有坑，车辆颠簸'],
  ['carriageway', 'E06014', '渣土车一路遗撒'],
  ['carriageway', 'E09009', '机动车停在行车道上'],
  ['carriageway', 'E06012', '路面有油污和散落垃圾'],
];

const PART_TEXT = '设施损坏，请尽快处理';
const COUNT = 64;
const HOUR_MS = 3_600_000;

/** The same plan for the same instant and places: seeded, nothing of it by chance. */
export function planSampleCases(now: Date, places: SamplePlace[]): PlannedCase[] {
  const random = seededRandom(620_103);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const plan: PlannedCase[] = [];
  for (let n = 0; n < COUNT; n++) {
    // Thick near now, thin towards three days ago.
    const ageMs = (0.2 + 70 * (n / COUNT) ** 2) * HOUR_MS;
    const report = random() < 0.7 ? eventReport(pick, places, random) : partReport(pick, places);
    if (!report) continue;
    const fate = random();
    const old = ageMs > 6 * HOUR_MS;
    plan.push({
      report,
      receivedAt: new Date(now.getTime() - ageMs),
      verifiedAfter: 4 + Math.floor(random() * 24),
      ...(fate < (old ? 0.75 : 0.45) ? { handledAfter: 15 + Math.floor(random() * 200) } : {}),
      stopsAt: stopOf(random(), old),
    });
  }
  return plan.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

function stopOf(chance: number, old: boolean): PlannedCase['stopsAt'] {
  if (old) return chance < 0.06 ? 'second-notice' : chance < 0.12 ? 'check' : 'closed';
  if (chance < 0.2) return 'send-for-check';
  if (chance < 0.45) return 'check';
  if (chance < 0.6) return 'closing';
  return 'closed';
}

type Pick = <T>(items: readonly T[]) => T | undefined;

function eventReport(pick: Pick, places: SamplePlace[], random: () => number): NewReport | undefined {
  const event = pick(EVENTS);
  if (!event) return undefined;
  const [kind, classId, text] = event;
  const place = pick(places.filter((one) => one.kind === kind));
  if (!place) return undefined;
  const channel = random() < 0.4 ? 'hotline' : 'collector';
  return { channel, class: classId, position: place.position, accuracyMetres: 8, text };
}

function partReport(pick: Pick, places: SamplePlace[]): NewReport | undefined {
  const place = pick(places.filter((one) => one.kind === 'part'));
  if (!place?.class || !place.part) return undefined;
  const { position, part } = place;
  return { channel: 'collector', class: place.class, part, position, accuracyMetres: 5, text: PART_TEXT };
}

/** mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
