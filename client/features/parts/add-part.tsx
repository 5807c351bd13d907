import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassEntry } from '#contract/dictionary';
import type { NewPart, Part } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { useName } from '../../i18n/use-language.ts';
import { ErrorNote } from '../access/error-note.tsx';
import { ClassPicker } from '../dictionary/class-picker.tsx';
import { ThingCard } from '../grid/thing-card.tsx';
import { useMeasures } from '../grid/use-measures.ts';
import { useAddPart } from './api.ts';
import { PartForm } from './part-form.tsx';
import styles from './part-form.module.css';
import { useTellPartChange } from './use-tell-part-change.ts';

interface AddPartProps {
  /** Where it was clicked; undefined until then. */
  position: LonLat | undefined;
  onClose: () => void;
  onAdded: (part: Part) => void;
}

/** A new part: its class, its place by a click on the map, and what is known of it. */
export function AddPart({ position, onClose, onAdded }: AddPartProps) {
  const { t } = useTranslation('register');
  const name = useName();
  const measures = useMeasures();
  const tell = useTellPartChange();
  const add = useAddPart();
  const [entry, setEntry] = useState<ClassEntry | null>(null);
  return (
    <ThingCard kind={t('part.add')} title={entry ? name(entry.name) : t('part.class')} onClose={onClose}>
      {!entry && (
        <div className={styles.pad}>
          <ClassPicker kind="part" onCancel={onClose} onPick={({ entry: picked }) => setEntry(picked)} />
        </div>
      )}
      {entry && (
        <>
          <div className={styles.chosen}>
            <span>
              {position ? measures.position(position) : t('part.placeHint')}
              {position && <span className={styles.blocked}> · {t('part.placed')}</span>}
            </span>
            <Button type="link" onClick={() => setEntry(null)}>
              {t('part.class')}
            </Button>
          </div>
          {add.error && (
            <div className={styles.pad}>
              <ErrorNote error={add.error} />
            </div>
          )}
          <PartForm
            isNew
            busy={add.isPending}
            blocked={position ? undefined : t('part.placeHint')}
            initial={{ state: 'intact' }}
            onCancel={onClose}
            onSubmit={({ reason: _, ...values }) => {
              if (!position) return;
              const filled = Object.fromEntries(
                Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
              ) as Partial<NewPart>;
              add.mutate(
                { ...filled, class: entry.id, position },
                {
                  onSuccess: (part) => {
                    void tell(part.code, t('part.added', { code: part.code }));
                    onAdded(part);
                  },
                },
              );
            }}
          />
        </>
      )}
    </ThingCard>
  );
}
