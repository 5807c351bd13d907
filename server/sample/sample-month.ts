import { dayOf } from '#clock/calendar-day';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { claimSetting, findSetting, saveSetting } from '../settings/service.ts';
import { runSimulation, type SimulationWanted } from '../simulation/service.ts';

const SETTING = 'sample-month';
/** From the first of last month until now: some 40 a day. */
const CASES = 1_900;
const SITES = 260;
const PRESENT = 3;
const SEED = 620_103;
/** Of the embedded engine: the first people are looking at their screens meanwhile. */
const REST_MS = 60;

interface Planned {
  wanted: SimulationWanted;
  complete: boolean;
}

export interface SampleMonth {
  /** Everything is written, or was before. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Gives a new sample district last month and this one, in the background: what stands open now first, so that no
 * screen stays empty, then what has been closed. Once per database; a start that is cut off goes on at the next one.
 */
export function startSampleMonth(context: Context, say: (line: string) => void): SampleMonth {
  const stopping = new AbortController();
  const done = addSampleMonth(context, say, stopping.signal).catch((error: unknown) => {
    // Another node is at it, or this one closes.
    if (error instanceof AppError || stopping.signal.aborted) return;
    context.log.error({ err: error }, 'the sample month stays incomplete until the next start');
  });
  return {
    done,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function addSampleMonth(
  context: Context,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, axis } = context;
  const to = dayOf(clock.now().getTime(), axis.current().timeZone);
  await claimSetting(db, SETTING, { wanted: planMonth(to), complete: false } satisfies Planned);
  const planned = (await findSetting(db, SETTING)) as Planned;
  if (planned.complete) return;
  const { wanted } = planned;
  say(`后台写入约 ${CASES} 个示例案件 / adding about ${CASES} sample cases in the background`);
  await runSimulation(context, wanted, { signal, restMs: db.engine === 'embedded' ? REST_MS : 0 });
  await saveSetting(db, SETTING, { wanted, complete: true } satisfies Planned);
}

function planMonth(to: string): SimulationWanted {
  const year = Number(to.slice(0, 4));
  const month = Number(to.slice(5, 7));
  const from = month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`;
  return { from, to, cases: CASES, seed: SEED, present: PRESENT, sites: SITES };
}
