import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AllowedAction, CaseAction, CaseDetail } from '#contract/cases';
import { ApiError } from '../access/fetch-json.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { useCaseAction, type ActionInput } from './api.ts';
import { ActionForm } from './action-form.tsx';
import { actionsWithForm } from './action-fields.ts';
import styles from './case-actions.module.css';

type CaseWithActions = Pick<
  CaseDetail,
  'id' | 'version' | 'stage' | 'allowed' | 'unit' | 'candidates' | 'number'
>;

/** What I may do with this case now; what needs words or photos opens its form in place. */
export function CaseActions({ one }: { one: CaseWithActions }) {
  const { t } = useTranslation('cases');
  const [open, setOpen] = useState<CaseAction | null>(null);
  const act = useCaseAction(one);
  const run = (input: ActionInput) => act.mutate(input, { onSuccess: () => setOpen(null) });
  const choose = (action: CaseAction) => {
    act.reset();
    if (needsForm(action, one)) setOpen(open === action ? null : action);
    else run({ action });
  };
  const shown = open && one.allowed.some(({ action }) => action === open) ? open : null;
  return (
    <section className={styles.actions} aria-label={t('actions')}>
      {one.allowed.length > 0 && (
        <div className={styles.buttons}>
          {[...one.allowed].sort(primaryFirst).map(({ action, primary }) => (
            <Button
              key={action}
              size="large"
              type={primary ? 'primary' : 'default'}
              danger={action === 'void'}
              loading={act.isPending && act.variables.action === action}
              disabled={act.isPending}
              aria-expanded={needsForm(action, one) ? shown === action : undefined}
              onClick={() => choose(action)}
              data-action={action}
            >
              {t(`action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      <ErrorNote error={act.error}>
        {act.error instanceof ApiError && act.error.code === 'STALE_VERSION' && t('staleHint')}
      </ErrorNote>
      {shown && (
        <ActionForm
          key={shown}
          action={shown}
          one={one}
          busy={act.isPending}
          onSubmit={run}
          onCancel={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function primaryFirst(a: AllowedAction, b: AllowedAction): number {
  return Number(b.primary) - Number(a.primary);
}

/** Dispatch to the resolved unit is one key; only without one, or away from a unit, must somebody be named. */
function needsForm(action: CaseAction, { stage, candidates }: CaseWithActions): boolean {
  if (action !== 'dispatch') return actionsWithForm.has(action);
  const resolved = candidates.some(
    ({ applies, role, rule }) => applies && role === 'lead' && rule !== 'territorial-proposal',
  );
  return stage !== 'dispatch' || !resolved;
}
