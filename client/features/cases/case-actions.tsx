import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AllowedAction, CaseAction, CaseDetail } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { ApiError } from '../access/fetch-json.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { ActionForm } from './action-form.tsx';
import { needsForm, resolvedUnitOf } from './action-fields.ts';
import { useCaseAction, type ActionInput } from './api.ts';
import styles from './case-actions.module.css';

type CaseWithActions = Pick<
  CaseDetail,
  | 'id'
  | 'version'
  | 'stage'
  | 'allowed'
  | 'unit'
  | 'candidates'
  | 'number'
  | 'timing'
  | 'noSubject'
  | 'proposed'
>;

/** What I may do with this case now; what needs words or photos opens its form in place. */
export function CaseActions({ one }: { one: CaseWithActions }) {
  const { t } = useTranslation('cases');
  const name = useName();
  const [open, setOpen] = useState<CaseAction | null>(null);
  const act = useCaseAction(one);
  const run = (input: ActionInput) => act.mutate(input, { onSuccess: () => setOpen(null) });
  const choose = (action: CaseAction, withForm: boolean) => {
    act.reset();
    if (withForm) setOpen(open === action ? null : action);
    else run({ action });
  };
  // A request is decided beside its words.
  const allowed = one.allowed.filter(({ action }) => action !== 'decide-request').sort(primaryFirst);
  const shown = allowed.find(({ action }) => action === open);
  const resolved = one.stage === 'dispatch' ? resolvedUnitOf(one) : undefined;
  const mayDispatch = allowed.some(({ action }) => action === 'dispatch');
  const mayNameChecker = allowed.some(
    ({ action, fields }) => action === 'send-for-check' && fields.some(({ name }) => name === 'checker'),
  );
  const asksArbiter = shown?.asks === 'return';
  return (
    <section className={styles.actions} aria-label={t('actions')}>
      {one.noSubject && one.stage === 'dispatch' && (
        <p className={styles.hint}>
          {t('noSubjectHint')}
          {one.proposed && ` ${t('proposalHint', { unit: name(one.proposed.name) })}`}
        </p>
      )}
      {allowed.length > 0 && (
        <div className={styles.buttons}>
          {allowed.map((step) => {
            const { action, primary } = step;
            const withForm = needsForm(step);
            return (
              <Button
                key={action}
                size="large"
                type={primary ? 'primary' : 'default'}
                danger={action === 'void'}
                loading={act.isPending && act.variables.action === action}
                disabled={act.isPending}
                aria-expanded={withForm ? open === action : undefined}
                onClick={() => choose(action, withForm)}
                data-action={action}
              >
                {t(action === 'dispatch' && one.stage === 'handling' ? 'redispatch' : `action.${action}`)}
              </Button>
            );
          })}
          {resolved && mayDispatch && (
            <Button
              size="large"
              disabled={act.isPending}
              aria-expanded={open === 'dispatch'}
              onClick={() => choose('dispatch', true)}
            >
              {t('otherUnit')}
            </Button>
          )}
          {mayNameChecker && (
            <Button
              size="large"
              disabled={act.isPending}
              aria-expanded={open === 'send-for-check'}
              onClick={() => choose('send-for-check', true)}
            >
              {t('nameChecker')}
            </Button>
          )}
        </div>
      )}
      {resolved && mayDispatch && (
        <p className={styles.hint}>{t('toResolved', { unit: name(resolved.name) })}</p>
      )}
      <ErrorNote error={act.error}>
        {act.error instanceof ApiError && act.error.code === 'STALE_VERSION' && t('staleHint')}
      </ErrorNote>
      {asksArbiter && <p className={styles.hint}>{t('asksArbiter')}</p>}
      {shown && (
        <ActionForm
          key={shown.action}
          allowed={shown}
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
