import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../access/error-note.tsx';
import { usePlanGrid, useCheckCells } from './api.ts';
import { DivisionTree } from './division-tree.tsx';
import styles from './grid-making.module.css';

/** Two things to begin: cells made anew over communities, or the cells there are looked over. */
export function GridMaking({ onStarted }: { onStarted: (jobId: string) => void }) {
  const { t } = useTranslation('admin');
  const [planned, setPlanned] = useState<string[]>([]);
  const [target, setTarget] = useState(10_000);
  const [checked, setChecked] = useState<string[]>([]);
  const plan = usePlanGrid();
  const check = useCheckCells();
  return (
    <div className={styles.making}>
      <section>
        <h3>{t('grid.make')}</h3>
        <p>{t('grid.makeHint')}</p>
        <DivisionTree value={planned} onChange={setPlanned} placeholder={t('grid.chooseDivisions')} />
        <label className={styles.target}>
          {t('grid.target')}
          <InputNumber
            min={400}
            max={1_000_000}
            step={500}
            value={target}
            onChange={(value) => setTarget(value ?? 10_000)}
            suffix="m²"
            style={{ width: 160 }}
          />
        </label>
        <Button
          type="primary"
          disabled={planned.length === 0}
          loading={plan.isPending}
          onClick={() =>
            plan.mutate(
              { divisions: planned, targetSquareMetres: target },
              { onSuccess: (job) => onStarted(job.id) },
            )
          }
        >
          {t('grid.preview')}
        </Button>
        <ErrorNote error={plan.error} />
      </section>
      <section>
        <h3>{t('grid.check')}</h3>
        <p>{t('grid.checkHint')}</p>
        <DivisionTree value={checked} onChange={setChecked} placeholder={t('grid.everywhere')} />
        <Button
          loading={check.isPending}
          onClick={() => check.mutate(checked, { onSuccess: (job) => onStarted(job.id) })}
        >
          {t('grid.checkNow')}
        </Button>
        <ErrorNote error={check.error} />
      </section>
    </div>
  );
}
