import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayFace } from './draft.ts';
import styles from './working-time.module.css';

interface DayEditorProps {
  faces: DayFace[];
  onChange: (works: boolean | null, name: string) => void;
}

/** What holds on the chosen days. */
export function DayEditor({ faces, onChange }: DayEditorProps) {
  const { t } = useTranslation('working-time');
  const [first] = faces;
  const last = faces.at(-1);
  const [works, setWorks] = useState<boolean | null>(first?.works ?? null);
  const [name, setName] = useState(first?.name ?? '');
  return (
    <section className={styles.block}>
      <h3 className={styles.head}>{t('days')}</h3>
      {!first || !last ? (
        <p className={styles.soft}>{t('chooseDays')}</p>
      ) : (
        <>
          <p className={styles.chosen}>
            {faces.length === 1
              ? first.day
              : t('range', { from: first.day, to: last.day, count: faces.length })}
          </p>
          <Radio.Group
            vertical
            value={works}
            onChange={({ target }) => setWorks(target.value as boolean | null)}
            options={[
              { value: null, label: t('followsWeek') },
              { value: false, label: t('rests') },
              { value: true, label: t('works') },
            ]}
          />
          {works !== null && (
            <Input
              aria-label={t('dayName')}
              placeholder={t('dayName')}
              value={name}
              maxLength={80}
              onChange={({ target }) => setName(target.value)}
            />
          )}
          <Button onClick={() => onChange(works, works === null ? '' : name)}>{t('apply')}</Button>
        </>
      )}
    </section>
  );
}
