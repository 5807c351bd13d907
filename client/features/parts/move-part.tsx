import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part, PartEdit } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { metresBetween } from '../grid/metres-between.ts';
import { Facts, ThingCard } from '../grid/thing-card.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import { useEditPart } from './api.ts';
import { isStale, PartConflict } from './part-conflict.tsx';
import styles from './part-form.module.css';
import { useTellPartChange } from './use-tell-part-change.ts';

interface MovePartProps {
  part: Part;
  /** Where it was clicked; undefined until then. */
  to: LonLat | undefined;
  onClose: () => void;
}

/** A part on its way to a new place: the map shows the ghost, this says how far and saves it. */
export function MovePart({ part, to, onClose }: MovePartProps) {
  const { t } = useTranslation('register');
  const name = useName();
  const measures = useMeasures();
  const tell = useTellPartChange();
  const edit = useEditPart(part.code);
  const [reason, setReason] = useState('');
  const distance = to && measures.distance(metresBetween(part.position, to));
  const save = (expectedVersion: number) => {
    if (!to || distance === undefined) return;
    edit.mutate(moveOf(expectedVersion, to, reason), {
      onSuccess: () => {
        void tell(part.code, t('part.movedDone', { code: part.code, distance }));
        onClose();
      },
    });
  };
  return (
    <ThingCard kind={t('part.move')} title={name(part.className)} code={part.code} onClose={onClose}>
      <form
        className={styles.form}
        aria-label={t('part.move')}
        onSubmit={(event) => {
          event.preventDefault();
          save(part.version);
        }}
      >
        <p>{t('part.moveHint')}</p>
        <Facts
          rows={[
            [t('history.from'), measures.position(part.position)],
            [
              t('part.position'),
              to && `${measures.position(to)} · ${t('part.moved', { distance: distance ?? '' })}`,
            ],
          ]}
        />
        <Input
          value={reason}
          maxLength={400}
          aria-label={t('reasonOptional')}
          placeholder={t('reasonOptional')}
          style={{ marginBlock: 14 }}
          onChange={(event) => setReason(event.target.value)}
        />
        {isStale(edit.error) && to ? (
          <PartConflict
            before={part}
            mine={moveOf(part.version, to, reason)}
            error={edit.error}
            busy={edit.isPending}
            onKeep={onClose}
            onApply={save}
          />
        ) : (
          <ErrorNote error={edit.error} />
        )}
        <div className={styles.buttons} style={{ marginTop: 12 }}>
          <Button type="primary" size="large" htmlType="submit" disabled={!to} loading={edit.isPending}>
            {t('part.moveSave')}
          </Button>
          <Button size="large" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </ThingCard>
  );
}

function moveOf(expectedVersion: number, position: LonLat, reason: string): PartEdit {
  return { expectedVersion, position, ...(reason.trim() ? { reason: reason.trim() } : {}) };
}
