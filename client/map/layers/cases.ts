import type { CaseSummary } from '#contract/cases';
import { serverNow } from '../../realtime/server-time.ts';
import { lightColours } from '../../ui/light-mark.tsx';
import { findNews, type CaseNews } from '../cases/case-changes.ts';
import { clusterCases, type CaseCluster, type PlacedCase } from '../cases/cluster-cases.ts';
import { caseLight, nextTurn } from '../cases/light-turns.ts';
import { caseMark, clusterMark } from '../cases/paint-mark.ts';
import { toEcef, type Ecef } from '../earth.ts';
import { mapColours } from '../map-style.ts';
import { paintText } from '../pen.ts';
import type { Frame, LayerFactory, Pickable } from './present-layer.ts';
import type { SpecOf } from './layer-spec.ts';

/** Marks nearer than this to each other are one. */
const CLUSTER_PIXELS = 40;
const NEWS_MS = 1_800;
const LONGEST_TIMER_MS = 3_600_000;
const NAMED_BELOW = 1.2;

interface Mark {
  cluster: CaseCluster;
  at: Ecef;
  selected: boolean;
}

interface PlacedMark extends Pickable {
  mark: Mark;
  depthMetres: number;
  width: number;
  name: string | null;
}

/**
 * Open cases with their lights; those that would overlap are one mark with a count. Lights turn on their second: one
 * timer waits for the next turn of all.
 */
export const createCases: LayerFactory<'cases'> = (host, first) => {
  let spec = first;
  let placed = new Map<string, PlacedCase>();
  let names = new Map<string, string>();
  let marks: Mark[] = [];
  let marksFor = NaN;
  let drawn: PlacedMark[] = [];
  let news: CaseNews[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looked = false;

  const look = () => {
    const now = serverNow();
    const shown = spec.cases.filter((one) => isOpen(one) || one.id === spec.selectedId);
    const next = new Map(
      shown.map((one) => [one.id, { id: one.id, position: one.position, light: caseLight(one, now) }]),
    );
    const found = findNews(looked ? placed : null, next, performance.now());
    looked ||= next.size > 0;
    placed = next;
    names = new Map(shown.map((one) => [one.id, one.className[spec.language] || one.className.zh]));
    marksFor = NaN;
    clearTimeout(timer);
    const turn = nextTurn(shown, now);
    if (turn !== undefined) timer = setTimeout(look, Math.min(turn - now, LONGEST_TIMER_MS));
    if (found.length > 0) {
      news = [...news, ...found];
      host.animateUntil(performance.now() + NEWS_MS);
    }
    host.repaint();
  };

  const group = (metresPerPixel: number) => {
    const level = Math.ceil(Math.log2(Math.max(metresPerPixel, 0.05)) * 2) / 2;
    if (level === marksFor) return;
    marksFor = level;
    const others = [...placed.values()].filter(({ id }) => id !== spec.selectedId);
    const radius = CLUSTER_PIXELS * spec.scale * 2 ** level;
    const selected = spec.selectedId ? placed.get(spec.selectedId) : undefined;
    const alone = selected ? clusterCases([selected], 0) : [];
    marks = [
      ...clusterCases(others, metresPerPixel < 0.3 ? radius / 3 : radius).map((cluster) =>
        toMark(cluster, false),
      ),
      ...alone.map((cluster) => toMark(cluster, true)),
    ];
  };

  look();
  return {
    update(next) {
      const sameCases = next.cases === spec.cases && next.selectedId === spec.selectedId;
      const sameLook = next.language === spec.language && next.scale === spec.scale;
      spec = next;
      if (!sameCases || !sameLook) look();
    },
    destroy: () => clearTimeout(timer),
    layout(frame) {
      group(frame.view.metresPerPixel);
      drawn = placeMarks(frame, marks, names, spec);
    },
    paint(frame) {
      const { context, now } = frame;
      news = news.filter(({ since }) => now - since < NEWS_MS);
      for (const one of news) paintNews(frame, one, spec.scale);
      for (const { x, y, mark, name } of drawn) {
        if (mark.selected) paintSelection(context, x, y, spec.scale);
        const sprite = spriteOf(mark, spec.scale);
        context.drawImage(
          sprite.image,
          x - sprite.width / 2,
          y - sprite.height / 2,
          sprite.width,
          sprite.height,
        );
        if (name)
          paintText(
            context,
            name,
            { x, y: y + 21 * spec.scale },
            { sizePixels: 12 * spec.scale, colour: mapColours.text },
          );
      }
    },
    pickAt: ({ x, y }) =>
      drawn.findLast(
        (one) => Math.abs(x - one.x) <= one.width / 2 + 5 && Math.abs(y - one.y) <= one.radius + 5,
      ) ?? null,
    pickables: () => drawn,
  };
};

function isOpen({ stage }: CaseSummary): boolean {
  return stage !== 'closed' && stage !== 'void';
}

function toMark(cluster: CaseCluster, selected: boolean): Mark {
  return { cluster, at: toEcef(cluster.position.lon, cluster.position.lat, 2), selected };
}

function spriteOf({ cluster }: Mark, scale: number) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const count = cluster.ids.length;
  return count > 1 ? clusterMark(cluster.light, count, scale, ratio) : caseMark(cluster.light, scale, ratio);
}

/** Far marks first, so that near ones lie over them; the selected one over all. */
function placeMarks(
  { projector, boxes, view }: Frame,
  marks: readonly Mark[],
  names: ReadonlyMap<string, string>,
  { scale }: SpecOf<'cases'>,
): PlacedMark[] {
  const placed: PlacedMark[] = [];
  for (const mark of marks) {
    const at = projector.project(mark.at);
    if (!at || !projector.isOnScreen(at, 20)) continue;
    const { width, height } = spriteOf(mark, scale);
    boxes.take({
      left: at.x - width / 2,
      right: at.x + width / 2,
      top: at.y - height / 2,
      bottom: at.y + height / 2,
    });
    const { ids, position, key } = mark.cluster;
    const kind = ids.length > 1 ? 'cluster' : 'case';
    placed.push({
      kind,
      id: key,
      position,
      caseIds: ids,
      mark,
      name: null,
      width,
      radius: height / 2,
      ...at,
    });
  }
  if (view.metresPerPixel < NAMED_BELOW)
    for (const one of placed) {
      const name = one.kind === 'case' ? names.get(one.id) : undefined;
      if (!name) continue;
      const half = name.length * 6.5 * scale;
      const y = one.y + 21 * scale;
      const box = { left: one.x - half, right: one.x + half, top: y - 8, bottom: y + 8 };
      if (!boxes.isFree(box)) continue;
      boxes.take(box);
      one.name = name;
    }
  return placed.sort(
    (a, b) => Number(a.mark.selected) - Number(b.mark.selected) || b.depthMetres - a.depthMetres,
  );
}

function paintSelection(context: CanvasRenderingContext2D, x: number, y: number, scale: number): void {
  context.beginPath();
  context.arc(x, y, 15 * scale, 0, 2 * Math.PI);
  context.fillStyle = 'rgb(12 14 16 / 55%)';
  context.fill();
  context.strokeStyle = mapColours.text;
  context.lineWidth = 2 * scale;
  context.stroke();
}

/** One ring that opens and fades. */
function paintNews(
  { context, projector, now }: Frame,
  { position, light, since }: CaseNews,
  scale: number,
): void {
  const at = projector.projectLonLat(position, 2);
  if (!at) return;
  const share = Math.min(1, (now - since) / NEWS_MS);
  context.save();
  context.globalAlpha = (1 - share) ** 1.5;
  context.beginPath();
  context.arc(at.x, at.y, (10 + 46 * (1 - (1 - share) ** 3)) * scale, 0, 2 * Math.PI);
  context.strokeStyle = lightColours[light];
  context.lineWidth = 3 * scale;
  context.stroke();
  context.restore();
}
