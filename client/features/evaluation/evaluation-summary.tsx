import { useTranslation } from 'react-i18next';
import type { EvaluationRow } from '#contract/evaluation';
import styles from './evaluation-summary.module.css';
import { FigureButton } from './figure-button.tsx';
import { judgementOf, modes, TARGET_SOLVED_RATE, type OpenFigure } from './judgement-of.ts';
import { useEvaluationFormats } from './use-evaluation-formats.ts';

const flags = ['postponed', 'extended', 'returned', 'repeated'] as const;

/** The whole scope in both modes, its solved rate against the district's target, and its flags. */
export function EvaluationSummary({ total, onOpen }: { total: EvaluationRow; onOpen: OpenFigure }) {
  const { t } = useTranslation('evaluation');
  const formats = useEvaluationFormats();
  const short = total.solvedRate === null ? 0 : TARGET_SOLVED_RATE - total.solvedRate;
  return (
    <div className={styles.summary}>
      <table className={styles.modes}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('column.score')}</th>
            <th scope="col">{t('column.inTimeRate')}</th>
            <th scope="col">{t('column.solvedRate')}</th>
            <th scope="col">{t('figure.due')}</th>
            <th scope="col">{t('figure.solved')}</th>
            <th scope="col">{t('figure.in-time')}</th>
          </tr>
        </thead>
        <tbody>
          {modes.map((mode) => {
            const judged = judgementOf(total, mode);
            return (
              <tr key={mode}>
                <th scope="row">{t(`mode.${mode}`)}</th>
                <td className={styles.score}>{formats.score(judged.score)}</td>
                <td>{formats.rate(judged.inTimeRate)}</td>
                <td>{formats.rate(judged.solvedRate)}</td>
                {(['due', 'solved', 'in-time'] as const).map((figure) => (
                  <td key={figure}>
                    <FigureButton
                      count={
                        figure === 'due' ? judged.due : figure === 'solved' ? judged.solved : judged.inTime
                      }
                      label={`${t(`figure.${figure}`)} ${t(`mode.${mode}`)}`}
                      onOpen={() => onOpen(figure, mode)}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles.side}>
        {total.solvedRate !== null && (
          <p className={styles.target} data-met={short <= 0}>
            {short <= 0
              ? t('target.met', { target: formats.rate(TARGET_SOLVED_RATE) })
              : t('target.short', {
                  target: formats.rate(TARGET_SOLVED_RATE),
                  points: (short * 100).toFixed(1),
                })}
          </p>
        )}
        <dl className={styles.flags}>
          {flags.map((figure) => (
            <div key={figure}>
              <dt>{t(`figure.${figure}`)}</dt>
              <dd>
                <FigureButton
                  count={total[figure]}
                  label={t(`figure.${figure}`)}
                  onOpen={() => onOpen(figure, 'strict')}
                />
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('figure.overdue-open')}</dt>
            <dd>
              <FigureButton
                count={total.overdueOpen}
                label={t('figure.overdue-open')}
                onOpen={() => onOpen('overdue-open', 'strict')}
              />
            </dd>
          </div>
        </dl>
      </div>
    </div>
  );
}
