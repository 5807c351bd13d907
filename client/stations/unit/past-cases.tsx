import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { useMe } from '../../features/access/use-me.ts';
import { useServerDay } from '../../features/clock/use-server-day.ts';
import { judgedCasesQuery } from '../../features/evaluation/api.ts';
import { JudgedCaseItem } from '../../features/evaluation/judged-case-item.tsx';
import { addMonths } from '../../features/evaluation/period.ts';
import { useFollowEvaluation } from '../../features/evaluation/follow-evaluation.ts';
import { StateNote } from '../../ui/state-note.tsx';
import styles from './past-cases.module.css';

/** The unit's cases that fell due in a month, each with how it counts and why, and the way to object. */
export function PastCases() {
  const { t } = useTranslation(['unit', 'cases', 'shell']);
  const me = useMe();
  const errorText = useErrorText();
  const thisMonth = useServerDay().slice(0, 7);
  const [back, setBack] = useState(0);
  const period = addMonths(thisMonth, -back);
  useFollowEvaluation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    judgedCasesQuery({ period, by: 'unit', subject: me.scope.code, figure: 'gross', mode: 'strict' }),
  );
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t('past')}>
      <div className={styles.month}>
        <Button
          size="large"
          icon={<LeftOutlined />}
          aria-label={t('monthBefore')}
          onClick={() => setBack(back + 1)}
        />
        <strong aria-live="polite">{period}</strong>
        <Button
          size="large"
          icon={<RightOutlined />}
          aria-label={t('monthAfter')}
          disabled={back === 0}
          onClick={() => setBack(back - 1)}
        />
        <Link
          to="/evaluation"
          search={{ period, by: 'unit', subject: me.scope.code }}
          className={styles.score}
        >
          {t('ownScore')}
        </Link>
      </div>
      {!items && !error && <StateNote kind="loading" title={t('cases:loading')} />}
      {!items && error && (
        <StateNote
          kind="error"
          title={errorText(error)}
          action={{ label: t('shell:retry'), run: () => void refetch() }}
        />
      )}
      {items?.length === 0 && <StateNote kind="empty" title={t('nothingPast')} hint={t('nothingPastHint')} />}
      <ul className={styles.cases}>
        {items?.map((one) => (
          <JudgedCaseItem key={one.caseId} one={one} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={styles.more}>
          <Button size="large" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('moreCases')}
          </Button>
        </div>
      )}
    </section>
  );
}
