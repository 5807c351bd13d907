import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellCard } from '#contract/grid';
import type { Polygon } from '#contract/shared';
import { ErrorNote } from '../access/error-note.tsx';
import { ApiError } from '../access/fetch-json.ts';
import { useMe } from '../access/use-me.ts';
import { findLastBatch } from '../history/api.ts';
import { useChangeToast } from '../history/change-toast-store.ts';
import { areaOf } from './area-of.ts';
import { useEditCell } from './card-api.ts';
import styles from './grid-cards.module.css';
import { ThingCard } from './thing-card.tsx';
import { useMeasures } from './use-measures.ts';

interface OutlineEditProps {
  cell: CellCard;
  /** Drawn on the map; undefined until it is closed. */
  drawn: Polygon | undefined;
  onAgain: () => void;
  onClose: () => void;
}

/** A new outline of a cell, drawn on the map; the server refuses what overlaps or leaves the community. */
export function OutlineEdit({ cell, drawn, onAgain, onClose }: OutlineEditProps) {
  const { t } = useTranslation('register');
  const measures = useMeasures();
  const me = useMe();
  const tell = useChangeToast((state) => state.tell);
  const edit = useEditCell(cell.code);
  const [reason, setReason] = useState('');
  const save = () => {
    if (!drawn) return;
    const body = {
      expectedVersion: cell.version,
      outline: drawn,
      ...(reason.trim() ? { reason: reason.trim() } : {}),
    };
    edit.mutate(body, {
      onSuccess: () => {
        void findLastBatch('cell', cell.code, me.name.zh)
          .catch(() => undefined)
          .then((batch) =>
            tell({ text: t('cell.outlineSaved', { code: cell.code }), ...(batch ? { batch } : {}) }),
          );
        onClose();
      },
    });
  };
  const isStale = edit.error instanceof ApiError && edit.error.code === 'STALE_VERSION';
  return (
    <ThingCard kind={t('cell.outlineEdit')} title={cell.code} onClose={onClose}>
      <div className={styles.form}>
        <p>{drawn ? t('cell.outlineDrawn') : t('cell.outlineHint')}</p>
        {drawn && (
          <p>
            {t('cell.outlineDiffers', {
              before: measures.area(cell.areaSquareMetres),
              after: measures.area(areaOf(drawn)),
            })}
          </p>
        )}
        <Input
          value={reason}
          maxLength={400}
          aria-label={t('reasonOptional')}
          placeholder={t('reasonOptional')}
          onChange={(event) => setReason(event.target.value)}
        />
        <ErrorNote error={edit.error}>{isStale ? t('cell.outlineConflict') : undefined}</ErrorNote>
        <div className={styles.buttons}>
          <Button type="primary" size="large" disabled={!drawn} loading={edit.isPending} onClick={save}>
            {t('cell.outlineSave')}
          </Button>
          {drawn && (
            <Button size="large" onClick={onAgain}>
              {t('cell.outlineAgain')}
            </Button>
          )}
          <Button size="large" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </ThingCard>
  );
}
