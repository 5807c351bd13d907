import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseAction, CaseSummary } from '#contract/cases';
import { useMe } from '../../features/access/use-me.ts';
import type { ActionInput } from '../../features/cases/api.ts';
import { BulkResults } from '../../features/cases/bulk-results.tsx';
import { mainStepOf } from '../../features/cases/main-step.ts';
import { useBulkAction } from '../../features/cases/use-bulk-action.ts';
import styles from './bulk-bar.module.css';
import { MergeDialog } from './merge-dialog.tsx';

interface BulkBarProps {
  selected: CaseSummary[];
  onSelect: (ids: readonly string[], selected: boolean) => void;
  onClear: () => void;
  onOpen: (id: string) => void;
}

const steps = ['dispatch', 'send-for-check', 'close'] as const satisfies CaseAction[];
const mergeable = new Set(['dispatch', 'handling']);

/** What may be done with all chosen cases at once; what fails stays chosen, with why. */
export function BulkBar({ selected, onSelect, onClear, onOpen }: BulkBarProps) {
  const { t } = useTranslation(['desk', 'cases']);
  const me = useMe();
  const bulk = useBulkAction();
  const [isMerging, setMerging] = useState(false);
  const mayMerge = ['administrator', 'intake-clerk', 'dispatcher', 'supervisor'].includes(me.role);
  const toMerge = selected.filter(({ stage }) => mergeable.has(stage));
  async function run(cases: readonly CaseSummary[], input: ActionInput) {
    const results = await bulk.start(cases, input);
    onSelect(
      results.filter(({ state }) => state === 'done').map(({ one }) => one.id),
      false,
    );
  }
  return (
    <>
      {selected.length > 0 && (
        <div className={styles.bar} role="toolbar" aria-label={t('bulk.title')}>
          <strong aria-live="polite">{t('bulk.selected', { count: selected.length })}</strong>
          {steps.map((step) => {
            const cases = selected.filter((one) => mainStepOf(one, me.role) === step);
            return (
              cases.length > 0 && (
                <Popconfirm
                  key={step}
                  title={t('bulk.confirm', { count: cases.length, step: t(`cases:action.${step}`) })}
                  okText={t(`cases:action.${step}`)}
                  cancelText={t('cases:cancel')}
                  onConfirm={() => void run(cases, { action: step })}
                >
                  <Button type="primary" disabled={bulk.run?.isRunning ?? false} data-bulk={step}>
                    {`${t(`cases:action.${step}`)} ${cases.length}`}
                  </Button>
                </Popconfirm>
              )
            );
          })}
          {mayMerge && selected.length > 1 && toMerge.length > 0 && (
            <Button
              disabled={bulk.run?.isRunning ?? false}
              onClick={() => setMerging(true)}
              data-bulk="merge"
            >
              {t('cases:action.merge')}
            </Button>
          )}
          <Button type="text" onClick={onClear}>
            {t('bulk.clear')}
          </Button>
        </div>
      )}
      {isMerging && (
        <MergeDialog
          cases={selected}
          canMerge={(one) => mergeable.has(one.stage)}
          onCancel={() => setMerging(false)}
          onMerge={(into) => {
            setMerging(false);
            void run(
              toMerge.filter(({ id }) => id !== into),
              { action: 'merge', into },
            );
          }}
        />
      )}
      {bulk.run && (
        <BulkResults
          run={bulk.run}
          onStop={bulk.stop}
          onClose={bulk.dismiss}
          onOpen={(id) => {
            bulk.dismiss();
            onOpen(id);
          }}
        />
      )}
    </>
  );
}
