import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../features/access/use-me.ts';
import { BulletinDesk } from '../../features/bulletins/bulletin-desk.tsx';
import { useFollowBulletins } from '../../features/bulletins/follow-bulletins.ts';
import { ContestList } from '../../features/evaluation/contest-list.tsx';
import { useFollowEvaluation } from '../../features/evaluation/follow-evaluation.ts';
import { RulesPanel } from '../../features/evaluation/rules-panel.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AimsDesk } from './aims-desk.tsx';
import { evaluationTabs, type EvaluationTab } from './evaluation-search.ts';
import styles from './evaluation-station.module.css';
import { ResultsDesk } from './results-desk.tsx';
import { useEvaluationSearch } from './use-evaluation-search.ts';

/** How well the district, its units and its areas did, why, what is objected to, and what is published. */
export function EvaluationStation() {
  const { t } = useTranslation(['evaluation', 'shell']);
  const me = useMe();
  const { tab = 'results', bulletin } = useSearch({ from: '/signed-in/framed/evaluation' });
  const { show } = useEvaluationSearch();
  useFollowEvaluation();
  useFollowBulletins();
  const isOfCentre = me.role === 'evaluator' || me.role === 'supervisor' || me.role === 'administrator';
  const tabs = evaluationTabs.filter(
    (one) => isOfCentre || one === 'results' || one === 'bulletins' || mayObject(one),
  );
  function mayObject(one: EvaluationTab) {
    return one === 'contests' && me.role === 'unit-clerk';
  }
  return (
    <div className={styles.station}>
      <h1 className="visually-hidden">{t('shell:station.evaluation')}</h1>
      <nav className={styles.nav} aria-label={t('sections')}>
        {tabs.map((one) => (
          <Link
            key={one}
            to="/evaluation"
            search={({ period, by }) => ({
              ...(one === 'results' ? {} : { tab: one }),
              ...(period === undefined ? {} : { period }),
              ...(by === undefined ? {} : { by }),
            })}
            className={styles.link}
            data-active={one === tab}
            aria-current={one === tab ? 'page' : undefined}
          >
            {t(`tab.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        {tab === 'results' && <ResultsDesk />}
        {tab === 'aims' && <AimsDesk />}
        {tab === 'contests' && (
          <Panel title={t('tab.contests')} className={styles.panel ?? ''}>
            <ContestList initial={me.role === 'unit-clerk' ? 'all' : 'open'} />
          </Panel>
        )}
        {tab === 'bulletins' && (
          <BulletinDesk selected={bulletin} onSelect={(id) => show({ bulletin: id })} />
        )}
        {tab === 'rules' && (
          <Panel title={t('tab.rules')} className={styles.panel ?? ''}>
            <RulesPanel />
          </Panel>
        )}
      </div>
    </div>
  );
}
