import type { Kind } from '#contract/dictionary';
import type { Duty } from './resolve-unit.ts';
import { buildDivisionTree, spreadOverDivisions, type DivisionTree } from './spread-over-divisions.ts';
import { compareRank, isByCondition, weighDuties } from './weigh-duty.ts';

export const PLACES = ['carriageway', 'footway', 'elsewhere'] as const;
export type GapPlace = (typeof PLACES)[number];
const EVERYWHERE = 0b111;

export interface GapQuestion {
  on: string;
  classes: readonly { id: string; kind: Kind }[];
  /** Codes of the divisions that are asked about, with all that lie in them. */
  divisions: readonly string[];
  /** Duties that hold on the day, with the kind they are for. */
  duties: readonly { duty: Duty; kind: Kind }[];
}

export interface DutyHole {
  class: string;
  division: string;
  /** All three: everywhere. */
  places: GapPlace[];
}

export interface DutyOverlap extends DutyHole {
  channel?: string | undefined;
  /** Numbers of the duties, the one that wins first. */
  duties: number[];
  decided: 'rank' | 'number';
}

export interface DutyGaps {
  areas: number;
  holes: DutyHole[];
  overlaps: DutyOverlap[];
}

/**
 * Where nobody answers for a class, and where leads of different units have the same priority, by the rule of
 * `resolveUnit`: for an ordinary report, about a thing of which nobody is known to be owner or maintainer. Overlaps
 * are looked for under every channel that a duty names, too. Communities that no duty of the class tells apart are
 * asked about once. No input or output.
 */
export function findDutyGaps({ on, classes, divisions, duties }: GapQuestion): DutyGaps {
  const tree = buildDivisionTree(divisions);
  const leads = duties.filter(({ duty }) => duty.role === 'lead');
  const gaps: DutyGaps = { areas: tree.leaves.length, holes: [], overlaps: [] };
  const insides = new Map<string, string[][]>();
  for (const { id, kind } of classes) {
    const own = leads
      .filter((one) => (one.duty.class === undefined ? one.kind === kind : one.duty.class === id))
      .map(({ duty }) => duty);
    findGapsOfClass(tree, { id, on, duties: own, insides }, gaps);
  }
  return gaps;
}

interface ClassQuestion {
  id: string;
  on: string;
  duties: readonly Duty[];
  /** Known already: for a list of areas, those that each leaf lies in. */
  insides: Map<string, string[][]>;
}

function areasOfLeaves(tree: DivisionTree, areas: readonly string[], { insides }: ClassQuestion): string[][] {
  const key = areas.join();
  const known = insides.get(key);
  if (known) return known;
  const found = tree.leaves.map((at) => areas.filter((area) => tree.codes[at]?.startsWith(area)));
  insides.set(key, found);
  return found;
}

function findGapsOfClass(tree: DivisionTree, question: ClassQuestion, gaps: DutyGaps): void {
  const channels = [...new Set(question.duties.flatMap(({ channel }) => channel ?? []))];
  const areas = [...new Set(question.duties.flatMap(({ area }) => area ?? []))];
  const answers = new Map<string, Answer>();
  const ofLeaf = areasOfLeaves(tree, areas, question).map((inside) => {
    const key = inside.join();
    let answer = answers.get(key);
    if (!answer) answers.set(key, (answer = ask(question, inside, channels)));
    return answer;
  });
  for (const { division, places } of tell(tree, ofLeaf, ({ hole }) => hole)) {
    gaps.holes.push({ class: question.id, division, places });
  }
  const overlaps = new Map(
    [...answers.values()].flatMap((answer) =>
      [...answer.overlaps].map(([key, { is }]) => [key, is] as const),
    ),
  );
  for (const [key, overlap] of overlaps) {
    for (const { division, places } of tell(tree, ofLeaf, (answer) => answer.overlaps.get(key)?.bits ?? 0)) {
      gaps.overlaps.push({ class: question.id, division, places, ...overlap });
    }
  }
}

function tell(tree: DivisionTree, ofLeaf: readonly Answer[], bitsOf: (answer: Answer) => number) {
  const bits = ofLeaf.map(bitsOf);
  if (bits.every((one) => one === 0)) return [];
  return spreadOverDivisions(tree, bits).flatMap((told, at) =>
    told === 0
      ? []
      : [
          {
            division: tree.codes[at] ?? '',
            places: PLACES.filter((_, bit) => (told & EVERYWHERE & (1 << bit)) !== 0),
          },
        ],
  );
}

type Tie = Pick<DutyOverlap, 'channel' | 'duties' | 'decided'>;

/** What is so in a division, a bit for each kind of place. */
interface Answer {
  hole: number;
  overlaps: Map<string, { is: Tie; bits: number }>;
}

function ask(
  { id, on, duties }: ClassQuestion,
  divisions: readonly string[],
  channels: readonly string[],
): Answer {
  const answer: Answer = { hole: 0, overlaps: new Map() };
  const placesMatter = duties.some(({ place }) => place !== undefined);
  for (const channel of [undefined, ...channels]) {
    const asked = duties.filter((duty) => mayApply(duty, divisions, channel));
    PLACES.forEach((place, bit) => {
      if (!placesMatter && bit > 0) return;
      const bits = placesMatter ? 1 << bit : EVERYWHERE;
      const leads = weighDuties({
        class: id,
        today: on,
        divisions,
        place: place === 'elsewhere' ? undefined : place,
        channel,
        duties: asked,
      })
        .filter(({ candidate }) => candidate.applies)
        .map(({ duty }) => duty);
      if (leads.length === 0 && channel === undefined) answer.hole |= bits;
      const tie = findTie(leads, channel);
      if (!tie) return;
      const key = [tie.channel ?? '', ...tie.duties].join();
      const known = answer.overlaps.get(key);
      answer.overlaps.set(key, { is: tie, bits: (known?.bits ?? 0) | bits });
    });
  }
  return answer;
}

/** Without weighing: nobody stands behind the part, and the area and the channel are known. */
function mayApply(duty: Duty, divisions: readonly string[], channel: string | undefined): boolean {
  return (
    duty.ownerCondition === undefined &&
    (duty.area === undefined || divisions.includes(duty.area)) &&
    (duty.channel === undefined || duty.channel === channel)
  );
}

/** The lead that wins and those of other units that stand beside it: asked at the same turn, of the same priority. */
function findTie(leads: readonly Duty[], channel: string | undefined): Tie | undefined {
  const [first] = leads;
  if (!first) return undefined;
  const rivals = leads.filter(
    (one) =>
      one.unit.code !== first.unit.code &&
      one.priority === first.priority &&
      isByCondition(one) === isByCondition(first),
  );
  const [second] = rivals;
  if (!second) return undefined;
  // Without a duty for this channel it is the overlap that every report has.
  if (channel !== undefined && ![first, ...rivals].some((one) => one.channel === channel)) return undefined;
  return {
    channel,
    duties: [first, ...rivals].map((duty) => duty.id),
    decided: compareRank(first, second) === 0 ? 'number' : 'rank',
  };
}
