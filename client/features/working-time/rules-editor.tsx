import { Checkbox, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { addDays } from '#clock/calendar-day';
import type { WorkingYear } from '#contract/working-time';
import { useLanguage } from '../../i18n/use-language.ts';
import type { Draft } from './draft.ts';
import { SeasonEditor } from './season-editor.tsx';
import styles from './working-time.module.css';

interface RulesEditorProps {
  year: WorkingYear;
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** What holds in general: hours by season, weekly rest (R1), and when a light turns yellow (R4). */
export function RulesEditor({ year, draft, onChange }: RulesEditorProps) {
  const { t } = useTranslation('working-time');
  const language = useLanguage();
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const warning = draft.warning ?? year.warning;
  return (
    <>
      <section className={styles.block}>
        <h3 className={styles.head}>{t('seasons')}</h3>
        <SeasonEditor
          seasons={draft.seasons ?? year.seasons}
          onChange={(seasons) => onChange({ ...draft, seasons })}
        />
      </section>
      <section className={styles.block}>
        <h3 className={styles.head}>{t('weeklyRest')}</h3>
        <Checkbox.Group
          value={draft.weeklyRest ?? year.weeklyRest}
          options={[1, 2, 3, 4, 5, 6, 0].map((value) => ({
            value,
            // 2024-01-07 was a Sunday.
            label: weekday.format(Date.parse(`${addDays('2024-01-07', value)}T00:00:00Z`)),
          }))}
          onChange={(weeklyRest) => onChange({ ...draft, weeklyRest: weeklyRest.toSorted((a, b) => a - b) })}
        />
      </section>
      <section className={styles.block}>
        <h3 className={styles.head}>{t('warning')}</h3>
        <div className={styles.line}>
          <InputNumber
            aria-label={t('warningShare')}
            min={0}
            max={100}
            value={Math.round(warning.fractionOfLimit * 1000) / 10}
            suffix="%"
            onChange={(percent) =>
              onChange({ ...draft, warning: { ...warning, fractionOfLimit: (percent ?? 0) / 100 } })
            }
          />
          <span>{t('or')}</span>
          <InputNumber
            aria-label={t('warningMinutes')}
            min={0}
            max={1440}
            precision={0}
            value={Math.round(warning.seconds / 60)}
            suffix={t('minutesUnit')}
            onChange={(minutes) =>
              onChange({ ...draft, warning: { ...warning, seconds: (minutes ?? 0) * 60 } })
            }
          />
        </div>
        <p className={styles.soft}>{t('warningHint')}</p>
      </section>
    </>
  );
}
