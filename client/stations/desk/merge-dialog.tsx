import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import styles from './merge-dialog.module.css';

interface MergeDialogProps {
  cases: CaseSummary[];
  canMerge: (one: CaseSummary) => boolean;
  onMerge: (into: string) => void;
  onCancel: () => void;
}

/** Which of the chosen cases goes on; the others, with all their reports, follow it. */
export function MergeDialog({ cases, canMerge, onMerge, onCancel }: MergeDialogProps) {
  const { t } = useTranslation(['desk', 'cases']);
  const name = useName();
  const divisionName = useDivisionName();
  const [into, setInto] = useState(() => cases.find((one) => !canMerge(one))?.id ?? cases[0]?.id ?? '');
  const following = cases.filter((one) => one.id !== into && canMerge(one)).length;
  const left = cases.length - 1 - following;
  return (
    <Modal
      open
      title={t('merge.title')}
      okText={t('merge.confirm', { count: following })}
      cancelText={t('cases:cancel')}
      okButtonProps={{ disabled: following === 0 }}
      onOk={() => onMerge(into)}
      onCancel={onCancel}
    >
      <p className={styles.hint}>{t('merge.hint')}</p>
      <Radio.Group
        className={styles.cases ?? ''}
        aria-label={t('merge.title')}
        value={into}
        onChange={(event) => setInto(event.target.value as string)}
        options={cases.map((one) => ({
          value: one.id,
          label: `${one.number} ${name(one.className)} · ${divisionName(one.communityCode)} · ${t(`cases:stage.${one.stage}`)}`,
        }))}
      />
      {left > 0 && <p className={styles.hint}>{t('merge.left', { count: left })}</p>}
    </Modal>
  );
}
