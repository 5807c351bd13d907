import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Image, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contest } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { useMe } from '../access/use-me.ts';
import { attachmentUrl } from '../cases/api.ts';
import { Ago } from '../clock/ago.tsx';
import { ContestDecision } from './contest-decision.tsx';
import styles from './contest-list.module.css';
import { contestsQuery, type ContestState } from './contests-api.ts';
import { useFollowContests } from './follow-evaluation.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const states = ['open', 'upheld', 'refused'] as const satisfies ContestState[];

/** What units object to, with their evidence; a supervisor decides in place. Live by itself. */
export function ContestList({ initial = 'open' }: { initial?: ContestState | 'all' }) {
  const { t } = useTranslation(['evaluation', 'shell']);
  const errorText = useErrorText();
  const [shown, setShown] = useState<ContestState | 'all'>(initial);
  const { data, error, refetch } = useQuery(contestsQuery(shown === 'all' ? undefined : shown));
  useFollowContests();
  return (
    <div className={styles.contests}>
      <Segmented<ContestState | 'all'>
        value={shown}
        onChange={setShown}
        options={[...states, 'all' as const].map((value) => ({ value, label: t(`contest.state.${value}`) }))}
      />
      {!data && !error && <StateNote kind="loading" title={t('contest.loading')} />}
      {!data && error && (
        <StateNote
          kind="error"
          title={errorText(error)}
          action={{ label: t('shell:retry'), run: () => void refetch() }}
        />
      )}
      {data?.length === 0 && (
        <StateNote kind="empty" title={t('contest.none')} hint={t('contest.noneHint')} />
      )}
      {data && data.length > 0 && (
        <ul className={styles.list} aria-label={t('tab.contests')}>
          {data.map((contest) => (
            <ContestItem key={contest.id} contest={contest} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ContestItem({ contest }: { contest: Contest }) {
  const { t } = useTranslation('evaluation');
  const me = useMe();
  const name = useName();
  const formats = useEvaluationFormats();
  const mayDecide = me.role === 'supervisor' || me.role === 'administrator';
  return (
    <li className={styles.contest} data-contest={contest.id}>
      <header className={styles.head}>
        <Tag color={contest.state === 'open' ? 'blue' : 'default'}>{t(`contest.state.${contest.state}`)}</Tag>
        <strong>{name(contest.unit.name)}</strong>
        <span>{t(`contest.want.${contest.wants}`)}</span>
        <span className={styles.soft}>{formats.period(contest.period)}</span>
        <span className={styles.soft}>
          <Ago at={contest.filedAt} />
        </span>
      </header>
      <p>
        <Link to="/cases/$caseId" params={{ caseId: contest.caseId }}>
          {contest.caseNumber}
        </Link>{' '}
        {name(contest.className)}
      </p>
      <p className={styles.reason}>{contest.reason}</p>
      <Image.PreviewGroup>
        <div className={styles.photos}>
          {contest.photos.map((photo, index) => (
            <Image
              key={photo}
              width={96}
              height={72}
              className={styles.photo}
              src={attachmentUrl(photo)}
              alt={t('contest.photoAlt', { count: index + 1 })}
            />
          ))}
        </div>
      </Image.PreviewGroup>
      {contest.decidedAt && (
        <p className={styles.answer}>
          <span className={styles.soft}>
            {contest.decidedBy} · <Ago at={contest.decidedAt} />
          </span>{' '}
          {contest.decisionNote}
        </p>
      )}
      {contest.state === 'open' && mayDecide && <ContestDecision contest={contest} />}
    </li>
  );
}
