import { useTranslation } from 'react-i18next';
import type { CaseRequest, RequestKind } from '#contract/requests';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { RequestDecision } from '../../features/cases/request-decision.tsx';
import { RequestFacts } from '../../features/cases/request-facts.tsx';
import { useOpenRequests } from '../../features/cases/requests-api.ts';
import { useLiveCase } from '../../features/cases/use-live-case.ts';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import { useCase } from '../../realtime/live-store.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './open-requests.module.css';
import { QuotaLeft } from './quota-left.tsx';

interface OpenRequestsProps {
  kinds: readonly RequestKind[];
  title: 'requests' | 'arbitration';
  onOpen: (id: string) => void;
}

/** Requests that wait, the oldest first, each decided where it stands. */
export function OpenRequests({ kinds, title, onOpen }: OpenRequestsProps) {
  const { t } = useTranslation(['supervision', 'cases', 'shell']);
  const errorText = useErrorText();
  const { items, error, refetch } = useOpenRequests();
  const shown = items?.filter(({ kind }) => kinds.includes(kind));
  return (
    <Panel title={t(title, { count: shown?.length ?? 0 })} flush>
      {!shown && !error && <StateNote kind="loading" title={t('cases:loading')} />}
      {!shown && error && (
        <StateNote
          kind="error"
          title={errorText(error)}
          action={{ label: t('shell:retry'), run: () => void refetch() }}
        />
      )}
      {shown?.length === 0 && <StateNote kind="empty" title={t('nothingWaits')} hint={t(`${title}Hint`)} />}
      <ul aria-live="polite">
        {shown?.map((request) => (
          <li key={request.id} className={styles.request} data-request={request.id}>
            <OpenRequest request={request} onOpen={() => onOpen(request.caseId)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OpenRequest({ request, onOpen }: { request: CaseRequest; onOpen: () => void }) {
  const { t } = useTranslation(['supervision', 'cases']);
  const name = useName();
  const divisionName = useDivisionName();
  const one = useCase(request.caseId);
  const { data } = useLiveCase(request.caseId);
  const mayDecide = data?.allowed.some(({ action }) => action === 'decide-request');
  return (
    <article aria-label={`${t(`cases:request.${request.kind}`)} ${request.caseNumber}`}>
      <p className={styles.first}>
        <span className={styles.kind}>{t(`cases:request.${request.kind}`)}</span>
        <button type="button" className={styles.open} onClick={onOpen}>
          {name(request.className)}
        </button>
        {one && <DueClock face={one} timing={one.timing} short />}
      </p>
      <p className={styles.soft}>
        {request.caseNumber}
        {one && ` · ${divisionName(one.communityCode)}`}
      </p>
      <RequestFacts request={request} timing={one?.timing ?? 'working'} />
      {request.kind !== 'return' && (
        <QuotaLeft unit={request.unit.code} kind={request.kind} dueAt={one?.dueAt} />
      )}
      {data && mayDecide && <RequestDecision request={request} one={data} />}
      {data && mayDecide === false && <p className={styles.soft}>{t('notYours')}</p>}
    </article>
  );
}
