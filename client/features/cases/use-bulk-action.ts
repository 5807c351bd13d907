import { useRef, useState } from 'react';
import type { CaseSummary } from '#contract/cases';
import { ApiError } from '../access/fetch-json.ts';
import { newKey } from '../access/new-key.ts';
import { postAction, useKeepAnswer, type ActionInput } from './api.ts';

export interface BulkResult {
  one: CaseSummary;
  state: 'waiting' | 'running' | 'done' | 'failed';
  error?: unknown;
}

export interface BulkRun {
  input: ActionInput;
  results: BulkResult[];
  isRunning: boolean;
}

/** So many go to the server at once. */
const AT_ONCE = 4;
const mostTries = 3;

/**
 * One action on many cases, each with its own answer: what fails does not stop the others, and stays selected.
 * A connection that breaks is tried again under the same key, so that nothing is done twice.
 */
export function useBulkAction() {
  const keep = useKeepAnswer();
  const [run, setRun] = useState<BulkRun | null>(null);
  const stopped = useRef(false);

  async function actOn(one: CaseSummary, input: ActionInput): Promise<void> {
    const key = newKey();
    for (let tries = 1; ; tries += 1) {
      try {
        keep.answer(await postAction(one, input, key));
        return;
      } catch (error) {
        const again =
          error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status === 503);
        if (!again || tries >= mostTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** tries));
      }
    }
  }

  async function start(cases: readonly CaseSummary[], input: ActionInput): Promise<BulkResult[]> {
    stopped.current = false;
    const results: BulkResult[] = cases.map((one) => ({ one, state: 'waiting' }));
    const show = (isRunning: boolean) => setRun({ input, results: [...results], isRunning });
    show(true);
    let next = 0;
    const work = async () => {
      while (next < results.length && !stopped.current) {
        const index = next;
        next += 1;
        const one = cases[index];
        if (!one) return;
        results[index] = { one, state: 'running' };
        try {
          await actOn(one, input);
          results[index] = { one, state: 'done' };
        } catch (error) {
          results[index] = { one, state: 'failed', error };
        }
        show(true);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    show(false);
    return results;
  }

  return {
    run,
    start,
    /** What has not been begun stays undone. */
    stop: () => {
      stopped.current = true;
    },
    dismiss: () => setRun(null),
  };
}
