import { Link } from '@tanstack/react-router';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JudgedCase } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { useMe } from '../access/use-me.ts';
import { useFormats } from '../clock/use-formats.ts';
import { ContestForm } from './contest-form.tsx';
import styles from './judged-case-item.module.css';
import { useContestWindow } from './use-contest-window.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const marks = ['due', 'solved', 'inTime', 'inTimeTolerant'] as const;

/** One case: how it counts, the sentence why, the rules it rests on, and for its unit the way to object. */
export function JudgedCaseItem({ one }: { one: JudgedCase }) {
  const { t } = useTranslation('evaluation');
  const me = useMe();
  const name = useName();
  const formats = useFormats();
  const { hours } = useEvaluationFormats();
  const [objecting, setObjecting] = useState(false);
  const isOwn = me.role === 'unit-clerk' && me.scope.code === one.unit.code;
  const isFull = one.counts.due && one.counts.inTime;
  const until = useContestWindow(one.dueAt);
  return (
    <li className={styles.case} data-case={one.caseId}>
      <div className={styles.head}>
        <Link to="/cases/$caseId" params={{ caseId: one.caseId }} className={styles.number}>
          {one.number}
        </Link>
        <span className={styles.class}>{name(one.className)}</span>
        <span className={styles.marks}>
          {marks.map((mark) => (
            <span key={mark} className={styles.mark} data-counts={one.counts[mark]}>
              <span aria-hidden="true">{one.counts[mark] ? '✓' : '–'}</span>
              <span className="visually-hidden">{t(one.counts[mark] ? 'counts.yes' : 'counts.no')}</span>
              {t(`counts.${mark}`)}
            </span>
          ))}
        </span>
      </div>
      <p className={styles.why}>{name(one.why)}</p>
      <p className={styles.rules}>
        {one.rules.map((rule) => (
          <Tag key={rule}>{rule}</Tag>
        ))}
      </p>
      <p className={styles.facts}>
        <span>{name(one.unit.name)}</span>
        <span>{name(one.communityName)}</span>
        <span>{t('cases.dueAt', { at: formats.dateTime(Date.parse(one.dueAt)) })}</span>
        <span>
          {one.closedAt
            ? t('cases.closedAt', { at: formats.dateTime(Date.parse(one.closedAt)) })
            : t('cases.notClosed')}
        </span>
        <span>
          {one.usedSeconds === undefined
            ? t('cases.limit', { limit: hours(one.limitSeconds) })
            : t('cases.used', { used: hours(one.usedSeconds), limit: hours(one.limitSeconds) })}
        </span>
      </p>
      {one.contest && (
        <p className={styles.contest}>
          {t('contest.stands')} <ContestStateTag state={one.contest.state} />
        </p>
      )}
      {isOwn && !one.contest && !isFull && until && (
        <p className={styles.contest}>
          {until.isOpen && (
            <Button size="small" onClick={() => setObjecting(true)} data-action="contest">
              {t('contest.file')}
            </Button>
          )}
          <span className={styles.soft}>
            {t(until.isOpen ? 'contest.until' : 'contest.over', { at: formats.dateTime(until.at) })}
          </span>
        </p>
      )}
      {objecting && <ContestForm one={one} onClose={() => setObjecting(false)} />}
    </li>
  );
}

/** The state of a contest in a word. */
function ContestStateTag({ state }: { state: string }) {
  const { t } = useTranslation('evaluation');
  const known = state === 'open' || state === 'upheld' || state === 'refused' ? state : 'open';
  return <Tag color={known === 'open' ? 'blue' : 'default'}>{t(`contest.state.${known}`)}</Tag>;
}
