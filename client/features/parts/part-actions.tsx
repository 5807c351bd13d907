import { DeleteOutlined, DragOutlined, EditOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part, PartEdit } from '#contract/parts';
import { ErrorNote } from '../access/error-note.tsx';
import { useEditPart, useRetirePart } from './api.ts';
import { isStale, PartConflict } from './part-conflict.tsx';
import { PartStateMark } from './part-state-mark.tsx';
import { partStates } from './part-states.ts';
import { useTellPartChange } from './use-tell-part-change.ts';

interface PartActionsProps {
  part: Part;
  onEdit: () => void;
  onMove: () => void;
}

/** Change the state with one click, edit, move, retire. */
export function PartActions({ part, onEdit, onMove }: PartActionsProps) {
  const { t } = useTranslation('register');
  const tell = useTellPartChange();
  const edit = useEditPart(part.code);
  const [tried, setTried] = useState<PartEdit | null>(null);
  const [retiring, setRetiring] = useState(false);
  const change = (input: PartEdit) => {
    setTried(input);
    edit.mutate(input, {
      onSuccess: (now) =>
        void tell(now.code, t('part.stateSaved', { code: now.code, state: t(`state.${now.state}`) })),
    });
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: partStates
            .filter((state) => state !== part.state && state !== 'removed')
            .map((state) => ({ key: state, label: <PartStateMark state={state} /> })),
          onClick: ({ key }) => {
            const state = partStates.find((one) => one === key);
            if (state) change({ expectedVersion: part.version, state });
          },
        }}
      >
        <Button type="primary" loading={edit.isPending} data-action="state">
          {t('changeState')}
        </Button>
      </Dropdown>
      <Button icon={<EditOutlined />} onClick={onEdit} data-action="edit">
        {t('part.edit')}
      </Button>
      <Button icon={<DragOutlined />} onClick={onMove} data-action="move">
        {t('part.move')}
      </Button>
      {part.state !== 'removed' && (
        <Button icon={<DeleteOutlined />} onClick={() => setRetiring(true)} data-action="retire">
          {t('part.retire')}
        </Button>
      )}
      {tried && isStale(edit.error) ? (
        <PartConflict
          before={part}
          mine={tried}
          error={edit.error}
          busy={edit.isPending}
          onKeep={() => edit.reset()}
          onApply={(version) => change({ ...tried, expectedVersion: version })}
        />
      ) : (
        <ErrorNote error={edit.error} />
      )}
      {retiring && <RetireDialog part={part} onClose={() => setRetiring(false)} />}
    </>
  );
}

function RetireDialog({ part, onClose }: { part: Part; onClose: () => void }) {
  const { t } = useTranslation('register');
  const tell = useTellPartChange();
  const retire = useRetirePart(part.code);
  const [reason, setReason] = useState('');
  const submit = () =>
    retire.mutate(
      { expectedVersion: part.version, reason: reason.trim() },
      {
        onSuccess: () => {
          void tell(part.code, t('part.retiredDone', { code: part.code }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('part.retireTitle', { code: part.code })}
      okText={t('part.retire')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: retire.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <p>{t('part.retireHint')}</p>
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={400}
        aria-label={t('reason')}
        placeholder={`${t('reason')}：${t('reasonHint')}`}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        style={{ marginBlock: 12 }}
      />
      <ErrorNote error={retire.error} />
    </Modal>
  );
}
