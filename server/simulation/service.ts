import { dayOf } from '#clock/calendar-day';
import type { Job } from '#contract/jobs';
import type { NewSimulation, SimulationResult } from '#contract/simulation';
import type { SessionUser } from '../access/session-user.ts';
import { appError } from '../errors.ts';
import { registerJob, submitJob, type JobContext } from '../jobs/service.ts';
import { runSimulation, type SimulationWanted } from './run-simulation.ts';

export { runSimulation, type SimulationWanted } from './run-simulation.ts';

/** Cases that stand in every stage and light at the end of a simulated year. */
const PRESENT = 3;
/** A place for so many cases, within these bounds. */
const CASES_PER_SITE = 25;
const SITES = { least: 400, most: 4_000 };
const LIVING = { zh: '模拟案件', en: 'living through the cases' };
/** Others get their turn between two transactions of the embedded engine. */
const EMBEDDED_REST_MS = 20;

/** Says who simulates. */
export function registerSimulations(): void {
  registerJob('simulation', (context, job, { report, signal }) => {
    const wanted = wantedOf(context, job.input as NewSimulation);
    return runSimulation(context, wanted, {
      signal,
      restMs: context.db.engine === 'embedded' ? EMBEDDED_REST_MS : 0,
      report: (done, total) => report({ stage: LIVING, done, total: Math.max(done, total), unit: 'cases' }),
    }) satisfies Promise<SimulationResult>;
  });
}

/** Puts a simulation into the queue. @throws SIMULATION_YEAR */
export function submitSimulation(
  context: Pick<JobContext, 'db' | 'clock' | 'axis'>,
  user: Pick<SessionUser, 'id' | 'username'> | null,
  given: NewSimulation,
): Promise<Job> {
  wantedOf(context, given);
  const { year, cases } = given;
  return submitJob(context, user, {
    kind: 'simulation',
    title: { zh: `模拟 ${year} 年 ${cases} 个案件`, en: `simulate ${cases} cases of ${year}` },
    input: given,
  });
}

function wantedOf(
  { axis, clock }: Pick<JobContext, 'axis' | 'clock'>,
  { year, cases, seed }: NewSimulation,
): SimulationWanted {
  const { knownYears, timeZone } = axis.current();
  const current = Number(dayOf(clock.now().getTime(), timeZone).slice(0, 4));
  if (year > current || !knownYears.includes(year)) throw appError('SIMULATION_YEAR', { year, knownYears });
  const sites = Math.round(cases / CASES_PER_SITE);
  return {
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    cases,
    seed,
    present: year === current ? PRESENT : 0,
    sites: Math.min(SITES.most, Math.max(SITES.least, sites)),
  };
}
