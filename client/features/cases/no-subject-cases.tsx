import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useName } from '../../i18n/use-language.ts';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { DueClock } from '../clock/due-clock.tsx';
import { useDivisionName } from '../grid/use-division-name.ts';
import { UnitSelect } from '../units/unit-select.tsx';
import { useCaseAction } from './api.ts';
import styles from './case-list-panel.module.css';
import { useLiveCase } from './use-live-case.ts';
import { useOpenCases } from './use-open-cases.ts';

interface NoSubjectCasesProps {
  onOpen: (id: string) => void;
  className?: string;
}

/** Cases for which no rule names a unit, each with the territorial proposal; who coordinates gives them to somebody. */
export function NoSubjectCases({ onOpen, className }: NoSubjectCasesProps) {
  const { t } = useTranslation('cases');
  const cases = useOpenCases().filter(({ noSubject, stage }) => noSubject && stage === 'dispatch');
  return (
    <Panel title={t('noSubject.title', { count: cases.length })} flush {...(className ? { className } : {})}>
      {cases.length === 0 && (
        <StateNote kind="empty" title={t('noSubject.empty')} hint={t('noSubject.hint')} />
      )}
      <ul>
        {cases.slice(0, 50).map((one) => (
          <li key={one.id} className={styles.item} data-no-subject={one.id}>
            <NoSubjectCase one={one} onOpen={() => onOpen(one.id)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function NoSubjectCase({ one, onOpen }: { one: CaseSummary; onOpen: () => void }) {
  const { t } = useTranslation('cases');
  const name = useName();
  const divisionName = useDivisionName();
  const { data } = useLiveCase(one.id);
  const [isAsking, setAsking] = useState(false);
  const mayDispatch = data?.allowed.some(({ action }) => action === 'dispatch') ?? false;
  return (
    <>
      <p className={styles.first}>
        <button type="button" className={styles.open} onClick={onOpen}>
          {name(one.className)}
        </button>
        <DueClock face={one} timing={one.timing} short />
      </p>
      <p className={styles.soft}>
        {one.number} · {divisionName(one.communityCode)}
      </p>
      <p>
        {data?.proposed
          ? t('proposalHint', { unit: name(data.proposed.name) })
          : data && t('noSubject.noProposal')}
      </p>
      {mayDispatch && !isAsking && (
        <Button onClick={() => setAsking(true)} data-coordinate={one.id}>
          {t('noSubject.coordinate')}
        </Button>
      )}
      {data && isAsking && <Coordination one={data} onDone={() => setAsking(false)} />}
    </>
  );
}

type Coordinated = NonNullable<ReturnType<typeof useLiveCase>['data']>;

/** To whom, the proposal filled in, and why. */
function Coordination({ one, onDone }: { one: Coordinated; onDone: () => void }) {
  const { t } = useTranslation(['cases', 'errors']);
  const act = useCaseAction(one);
  return (
    <Form<{ unit: string; reason: string }>
      name={`coordinate-${one.id}`}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      aria-label={t('noSubject.coordinate')}
      initialValues={one.proposed ? { unit: one.proposed.code } : {}}
      onFinish={({ unit, reason }) =>
        act.mutate({ action: 'dispatch', unit, reason: reason.trim() }, { onSuccess: onDone })
      }
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <Form.Item
        name="unit"
        label={t('unit')}
        rules={[{ required: true, message: t('errors:UNIT_REQUIRED') }]}
      >
        <UnitSelect candidates={one.candidates} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, whitespace: true, message: t('errors:REASON_REQUIRED') }]}
      >
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
      <ErrorNote error={act.error} />
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {t('action.dispatch')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}
