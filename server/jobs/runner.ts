import { executeJob } from './execute-job.ts';
import { recoverJobs } from './recover-jobs.ts';
import { registeredKinds, type JobContext } from './registry.ts';
import * as repository from './repository.ts';
import { nameNode, nameWorker } from './worker-name.ts';

/** How often a node looks for jobs that another submitted; its own it hears of at once. */
const LOOK_MS = 2_000;
const RECOVER_MS = 30_000;

export interface JobRunner {
  /** There may be a new job. */
  wake(): void;
  stop(): Promise<void>;
}

let wakeRunning: () => void = () => undefined;

/** Wakes the runner of this process, if it has one. */
export function wakeJobs(): void {
  wakeRunning();
}

interface Options {
  /** Called at the start, and after jobs were found cut off: clears what belongs to them elsewhere. */
  tidy?: (interrupted: string[]) => Promise<void>;
}

/** Works on the queued jobs, one at a time on each node; first ends those whose process died. */
export async function startJobs(context: JobContext, { tidy }: Options = {}): Promise<JobRunner> {
  const { db, config, clock, log } = context;
  const worker = nameWorker();
  const node = nameNode(config.dataDir);
  const closing = new AbortController();
  let look: (() => void) | undefined;
  let recoveredAt = performance.now();

  await tidy?.(await recoverJobs(context, { worker, first: true }));

  async function loop() {
    while (!closing.signal.aborted) {
      try {
        if (performance.now() - recoveredAt > RECOVER_MS) {
          recoveredAt = performance.now();
          await tidy?.(await recoverJobs(context, { worker, first: false }));
        }
        const job = await repository.claimJob(db, {
          kinds: registeredKinds(),
          node,
          worker,
          at: clock.now(),
        });
        if (job) {
          await executeJob(context, job, { worker, closing: closing.signal });
          continue;
        }
      } catch (error) {
        if (!closing.signal.aborted) log.error({ err: error }, 'the jobs stumbled');
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        look = () => {
          clearTimeout(timer);
          resolve();
        };
        if (closing.signal.aborted) look();
      });
      look = undefined;
    }
  }

  const running = loop();
  const wake = () => look?.();
  wakeRunning = wake;
  return {
    wake,
    async stop() {
      closing.abort();
      wake();
      await running;
      if (wakeRunning === wake) wakeRunning = () => undefined;
    },
  };
}
