import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CaseDrawer } from '../../features/cases/case-drawer.tsx';
import { NoSubjectCases } from '../../features/cases/no-subject-cases.tsx';
import { ContestList } from '../../features/evaluation/contest-list.tsx';
import { Panel } from '../../ui/panel.tsx';
import { OpenRequests } from './open-requests.tsx';
import { OverdueCases } from './overdue-cases.tsx';
import { ReturnedCases } from './returned-cases.tsx';
import styles from './supervision-station.module.css';

const timeRequests = ['postponement', 'extension'] as const;
const returnRequests = ['return'] as const;

/** Supervision: what waits for a decision, what is late, and what nobody is responsible for; all of it live. */
export function SupervisionStation() {
  const { t } = useTranslation(['supervision', 'shell']);
  const { case: caseId } = useSearch({ from: '/signed-in/framed/supervision' });
  const navigate = useNavigate({ from: '/supervision' });
  const open = (id: string | undefined) => void navigate({ search: id ? { case: id } : {} });
  return (
    <div className={styles.station}>
      <h1 className="visually-hidden">{t('shell:station.supervision')}</h1>
      <div className={styles.column}>
        <OpenRequests kinds={timeRequests} title="requests" onOpen={open} />
      </div>
      <div className={styles.column}>
        <OpenRequests kinds={returnRequests} title="arbitration" onOpen={open} />
        <ReturnedCases onOpen={open} />
        <NoSubjectCases onOpen={open} />
      </div>
      <div className={styles.column}>
        <OverdueCases onOpen={open} />
        <Panel title={t('contests')} className={styles.small ?? ''}>
          <ContestList />
        </Panel>
      </div>
      <CaseDrawer caseId={caseId} onClose={() => open(undefined)} />
    </div>
  );
}
