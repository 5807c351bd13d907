import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EvaluationMode, EvaluationRow, Figure } from '#contract/evaluation';
import { useName } from '../../i18n/use-language.ts';
import { FigureButton } from './figure-button.tsx';
import styles from './formula-panel.module.css';
import { countOf, judgementOf, modes, type OpenFigure } from './judgement-of.ts';
import { rulesQuery } from './rules-api.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

interface FormulaPanelProps {
  row: EvaluationRow;
  onOpen: OpenFigure;
}

/** How a subject's score comes about, with its own numbers put in; each number opens its cases. */
export function FormulaPanel({ row, onOpen }: FormulaPanelProps) {
  const { t } = useTranslation('evaluation');
  const name = useName();
  const formats = useEvaluationFormats();
  const figure = (which: Figure, mode: EvaluationMode = 'strict', value = countOf(row, which, mode)) => (
    <FigureButton
      count={value}
      label={`${name(row.subject.name)} ${t(`figure.${which}`)}`}
      onOpen={() => onOpen(which, mode, row.subject.code)}
    />
  );
  return (
    <div className={styles.formula}>
      {modes.map((mode) => {
        const judged = judgementOf(row, mode);
        return (
          <section key={mode} aria-label={t(`mode.${mode}`)}>
            <h3 className={styles.title}>
              {t('formula.score')} · {t(`mode.${mode}`)}
              <strong>{formats.score(judged.score)}</strong>
            </h3>
            {judged.due === 0 ? (
              <p className={styles.soft}>{t('formula.nothingDue')}</p>
            ) : (
              <p className={styles.line}>
                = 100 × (0.8 ×{' '}
                <Fraction
                  over={figure('in-time', mode)}
                  under={figure('due', mode)}
                  label={t('column.inTimeRate')}
                />{' '}
                + 0.2 ×{' '}
                <Fraction
                  over={figure('solved', mode)}
                  under={figure('due', mode)}
                  label={t('column.solvedRate')}
                />
                )
              </p>
            )}
            <p className={styles.soft}>{t(`formula.inTime.${mode}`)}</p>
          </section>
        );
      })}
      <section aria-label={t('figure.due')}>
        <h3 className={styles.title}>
          {t('figure.due')}
          <strong>{formats.count(row.due)}</strong>
        </h3>
        <p className={styles.line}>
          = {figure('gross')} − {formats.count(row.postponedWithinQuota)}
        </p>
        <p className={styles.soft}>{t('formula.due')}</p>
      </section>
      {row.quota && <Quotas row={row} figure={figure} />}
      {row.unranked === 'small-sample' && <p className={styles.soft}>{t('unranked.small-sample-hint')}</p>}
    </div>
  );
}

function Fraction(props: { over: React.ReactNode; under: React.ReactNode; label: string }) {
  return (
    <span className={styles.fraction} title={props.label}>
      <span>{props.over}</span>
      <span className="visually-hidden">/</span>
      <span className={styles.under}>{props.under}</span>
    </span>
  );
}

interface QuotasProps {
  row: EvaluationRow;
  figure: (which: Figure) => React.ReactNode;
}

/** R6: how often is allowed, how often it was, and what of it is recognised. */
function Quotas({ row, figure }: QuotasProps) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const { data: rules } = useQuery(rulesQuery);
  if (!row.quota) return null;
  const lines = [
    ['repeated', rules?.repeatQuota, row.quota.repeat, row.repeatedWithinQuota],
    ['postponed', rules?.postponementQuota, row.quota.postponement, row.postponedWithinQuota],
    ['extended', rules?.extensionQuota, row.quota.extension, row.extendedWithinQuota],
  ] as const;
  return (
    <section aria-label={t('formula.quota')}>
      <h3 className={styles.title}>{t('formula.quota')}</h3>
      <table className={styles.quotas}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('formula.allowed')}</th>
            <th scope="col">{t('formula.happened')}</th>
            <th scope="col">{t('formula.recognised')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([which, share, quota, within]) => (
            <tr key={which}>
              <th scope="row">{t(`figure.${which}`)}</th>
              <td>
                {share !== undefined && (
                  <span className={styles.soft}>
                    ⌊{formats.rate(share)} × {formats.count(row.gross)}⌋ ={' '}
                  </span>
                )}
                {formats.count(quota)}
              </td>
              <td>{figure(which)}</td>
              <td>{formats.count(within)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.soft}>{t('formula.quotaHint')}</p>
    </section>
  );
}
