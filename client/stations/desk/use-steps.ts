import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { ApiError } from '../../features/access/fetch-json.ts';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { useStepOnCase } from '../../features/cases/api.ts';
import type { mainStepOf } from '../../features/cases/main-step.ts';

const none: ReadonlySet<string> = new Set();

type Step = NonNullable<ReturnType<typeof mainStepOf>>;

/** Steps taken from the list, several of them on their way at once; each says how it ended. */
export function useSteps(onUnitMissing: (id: string) => void) {
  const { t } = useTranslation(['desk', 'cases']);
  const { message } = App.useApp();
  const errorText = useErrorText();
  const act = useStepOnCase();
  const [busy, setBusy] = useState(none);
  const take = async (one: CaseSummary, step: Step) => {
    if (busy.has(one.id)) return;
    setBusy((before) => new Set(before).add(one.id));
    try {
      await act.mutateAsync({ one, input: { action: step } });
      void message.success(t('stepDone', { step: t(`cases:action.${step}`), number: one.number }));
    } catch (error) {
      void message.error(`${one.number}: ${errorText(error)}`);
      // Nobody is responsible by any rule: somebody must be named, in the case itself.
      if (error instanceof ApiError && error.code === 'UNIT_REQUIRED') onUnitMissing(one.id);
    } finally {
      setBusy((before) => new Set([...before].filter((id) => id !== one.id)));
    }
  };
  return { busy, take: (one: CaseSummary, step: Step) => void take(one, step) };
}
