import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '#contract/cases';
import styles from './case-requests.module.css';
import { RequestDecision } from './request-decision.tsx';
import { RequestFacts } from './request-facts.tsx';

type CaseWithRequests = Pick<CaseDetail, 'id' | 'version' | 'timing' | 'requests' | 'allowed'>;

/** All requests on a case with their decisions; the open one is decided in place by whoever may. */
export function CaseRequests({ one }: { one: CaseWithRequests }) {
  const { t } = useTranslation('cases');
  const mayDecide = one.allowed.some(({ action }) => action === 'decide-request');
  return (
    <ol className={styles.requests}>
      {one.requests.map((request) => (
        <li key={request.id} className={styles.request} data-state={request.state}>
          <p className={styles.title}>
            <strong>{t(`request.${request.kind}`)}</strong>
            <span className={styles.state}>{t(`requestState.${request.state}`)}</span>
          </p>
          <RequestFacts request={request} timing={one.timing} />
          {request.state === 'open' && mayDecide && <RequestDecision request={request} one={one} />}
        </li>
      ))}
    </ol>
  );
}
