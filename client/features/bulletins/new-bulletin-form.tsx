import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulletinSummary, Period } from '#contract/evaluation';
import { ErrorNote } from '../access/error-note.tsx';
import { useServerDay } from '../clock/use-server-day.ts';
import { PeriodPicker } from '../evaluation/period-picker.tsx';
import { addMonths } from '../evaluation/period.ts';
import { useMakeBulletin } from './api.ts';

interface NewBulletinFormProps {
  onClose: () => void;
  onMade: (bulletin: BulletinSummary) => void;
}

/** A draft for a period, counted from the log as it stands. */
export function NewBulletinForm({ onClose, onMade }: NewBulletinFormProps) {
  const { t } = useTranslation('bulletins');
  const month = useServerDay().slice(0, 7);
  const [period, setPeriod] = useState<Period>(addMonths(month, -1));
  const [note, setNote] = useState('');
  const noteId = useId();
  const make = useMakeBulletin();
  return (
    <Modal
      open
      title={t('make')}
      onCancel={onClose}
      onOk={() =>
        make.mutate({ period, ...(note.trim() === '' ? {} : { note: note.trim() }) }, { onSuccess: onMade })
      }
      okText={t('makeDraft')}
      cancelText={t('cancel')}
      confirmLoading={make.isPending}
    >
      <div style={{ display: 'grid', gap: 12 }}>
        <p>{t('makeHint')}</p>
        <PeriodPicker period={period} onChange={setPeriod} />
        <div>
          <label htmlFor={noteId}>{t('note')}</label>
          <Input.TextArea
            id={noteId}
            rows={3}
            maxLength={4000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <ErrorNote error={make.error} />
      </div>
    </Modal>
  );
}
