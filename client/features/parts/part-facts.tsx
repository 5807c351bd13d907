import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/parts';
import { useNow } from '../../realtime/live-store.tsx';
import { Facts } from '../grid/thing-card.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import styles from './part-card.module.css';

/** What the register holds of a part. */
export function PartFacts({ part, onSelectCell }: { part: Part; onSelectCell: (code: string) => void }) {
  const { t } = useTranslation('register');
  const measures = useMeasures();
  const now = useNow(60_000);
  const isOver = part.maintenanceUntil !== undefined && Date.parse(part.maintenanceUntil) + 86_400_000 <= now;
  return (
    <Facts
      rows={[
        [t('part.owner'), part.owner && <Steward {...part.owner} />],
        [t('part.maintainer'), part.maintainer && <Steward {...part.maintainer} />],
        [
          t('part.maintenanceUntil'),
          part.maintenanceUntil && (
            <>
              {part.maintenanceUntil}
              {isOver && <span className={styles.soft}> · {t('part.maintenanceOver')}</span>}
            </>
          ),
        ],
        [t('part.authority'), <Steward key="authority" {...part.authority} />],
        [
          t('part.cell'),
          <Button
            key="cell"
            type="link"
            className={styles.link ?? ''}
            onClick={() => onSelectCell(part.cell.code)}
          >
            {part.cell.code}
          </Button>,
        ],
        [t('part.position'), measures.position(part.position)],
        [t('part.initialDate'), part.initialDate],
        ...(part.changedDate ? ([[t('part.changedDate'), part.changedDate]] as const) : []),
        ...(part.source ? ([[t('part.source'), part.source]] as const) : []),
        ...(part.note ? ([[t('part.note'), part.note]] as const) : []),
      ]}
    />
  );
}

function Steward({ code, name }: { code: string; name: string }) {
  return (
    <>
      {name || code}
      {name !== '' && name !== code && <span className={styles.soft}> {code}</span>}
    </>
  );
}
