import { useTranslation } from 'react-i18next';
import type { Part, PartEdit } from '#contract/parts';
import { useState } from 'react';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { ThingCard } from '../grid/thing-card.tsx';
import { useEditPart } from './api.ts';
import { changesOf } from './changes-of.ts';
import { isStale, PartConflict } from './part-conflict.tsx';
import { PartForm } from './part-form.tsx';
import styles from './part-form.module.css';
import { useTellPartChange } from './use-tell-part-change.ts';

/** The fields of a part to be written; only what was changed is sent. */
export function EditPart({ part, onClose }: { part: Part; onClose: () => void }) {
  const { t } = useTranslation('register');
  const name = useName();
  const tell = useTellPartChange();
  const edit = useEditPart(part.code);
  const [tried, setTried] = useState<PartEdit | null>(null);
  const save = (input: PartEdit) => {
    setTried(input);
    edit.mutate(input, {
      onSuccess: () => {
        void tell(part.code, t('part.saved', { code: part.code }));
        onClose();
      },
    });
  };
  return (
    <ThingCard kind={t('part.edit')} title={name(part.className)} code={part.code} onClose={onClose}>
      {tried && isStale(edit.error) ? (
        <div className={styles.pad}>
          <PartConflict
            before={part}
            mine={tried}
            error={edit.error}
            busy={edit.isPending}
            onKeep={onClose}
            onApply={(version) => save({ ...tried, expectedVersion: version })}
          />
        </div>
      ) : (
        edit.error && (
          <div className={styles.pad}>
            <ErrorNote error={edit.error} />
          </div>
        )
      )}
      <PartForm
        isNew={false}
        busy={edit.isPending}
        initial={{
          state: part.state,
          authority: part.authority,
          owner: part.owner ?? null,
          maintainer: part.maintainer ?? null,
          maintenanceUntil: part.maintenanceUntil ?? null,
          source: part.source ?? null,
          note: part.note ?? null,
        }}
        onCancel={onClose}
        onSubmit={(values) => {
          const changes = changesOf(part, values);
          if (Object.keys(changes).length === 0) return onClose();
          const reason = values.reason?.trim();
          save({ expectedVersion: part.version, ...changes, ...(reason ? { reason } : {}) });
        }}
      />
    </ThingCard>
  );
}
