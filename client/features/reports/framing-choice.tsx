import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FramingResult } from '#contract/reports';
import { useName } from '../../i18n/use-language.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { ErrorNote } from '../access/error-note.tsx';
import { Ago } from '../clock/ago.tsx';
import { ClassPicker } from '../dictionary/class-picker.tsx';
import { defaultLimit } from '../dictionary/default-limit.ts';
import type { PixelRect } from './box-of-drag.ts';
import styles from './framing-choice.module.css';
import { useFramingStore, type Framing } from './framing-store.ts';
import { placeBeside } from './place-beside.ts';
import { useFileRectangle } from './use-file-rectangle.ts';
import type { ServerPreview } from './use-framing-preview.ts';

interface FramingChoiceProps {
  framing: Framing;
  /** The rectangle on the screen. */
  anchor: PixelRect;
  preview: ServerPreview | undefined;
  onFiled: (result: FramingResult) => void;
}

/** Beside the rectangle: the class by type-ahead, its condition, similar open cases; Enter does it. */
export function FramingChoice({ framing, anchor, preview, onFiled }: FramingChoiceProps) {
  const { t } = useTranslation('framing');
  const name = useName();
  const change = useFramingStore((store) => store.change);
  const cancel = useFramingStore((store) => store.end);
  const [looked, setLooked] = useState<ServerPreview>();
  const filing = useFileRectangle({ filed: onFiled, similar: setLooked });
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const known =
    preview?.data && (!framing.entry || preview.data.resolution?.class === framing.entry.id)
      ? preview
      : looked;
  const similar = framing.entry ? (known?.data?.similar ?? []) : [];
  const limits = framing.entry?.limits ?? [];
  const taken =
    framing.limitId ??
    known?.data?.resolution?.limit.id ??
    (framing.entry && defaultLimit(framing.entry, known?.data?.place)?.id);
  const attachTo = similar.find(({ id }) => id === framing.attachTo)?.id ?? similar[0]?.id;

  useLayoutEffect(() => {
    const size = panel.current?.getBoundingClientRect();
    if (size) setPlace(placeBeside(anchor, size, { width: innerWidth, height: innerHeight }));
  }, [anchor, similar.length, limits.length]);

  const file = (anew: boolean) => void filing.file(framing, known, anew);

  return (
    <div
      ref={panel}
      role="dialog"
      aria-label={t('choose')}
      className={styles.choice}
      style={place ?? { opacity: 0 }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') cancel();
        else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) file(event.shiftKey);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <ClassPicker
        onPick={({ entry, anew }) => {
          const next = { ...framing, entry };
          change(framing.key, { entry });
          void filing.file(next, known, anew);
        }}
        onCancel={cancel}
        onLookAt={(entry) => {
          if (useFramingStore.getState().framing?.entry?.id === entry?.id) return;
          filing.reset();
          setLooked(undefined);
          const { framing: current } = useFramingStore.getState();
          if (!current) return;
          const { entry: _entry, limitId: _limit, attachTo: _attach, ...rest } = current;
          useFramingStore.setState({ framing: entry ? { ...rest, entry } : rest });
        }}
      />
      {limits.length > 1 && (
        <fieldset className={styles.group}>
          <legend>{t('condition')}</legend>
          {limits.map((limit) => (
            <label key={limit.id} className={styles.option}>
              <input
                type="radio"
                name="condition"
                checked={limit.id === taken}
                onChange={() => change(framing.key, { limitId: limit.id })}
              />
              <span>{name(limit.condition)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {similar.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{t('similar', { count: similar.length })}</legend>
          {similar.map((one) => (
            <label key={one.id} className={styles.option}>
              <input
                type="radio"
                name="similar"
                checked={one.id === attachTo}
                onChange={() => change(framing.key, { attachTo: one.id })}
              />
              <span>
                {one.number} · {t('away', { distance: one.distanceMetres.toFixed(0) })} ·{' '}
                <Ago at={one.filedAt} />
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <ErrorNote error={filing.error} />
      {framing.frameFailed && <p className={styles.hint}>{t('frameFailed')}</p>}
      <footer className={styles.keys}>
        <Button type="primary" disabled={!framing.entry} loading={filing.busy} onClick={() => file(false)}>
          {t(similar.length > 0 ? 'attach' : 'file')} <KeyCap>Enter</KeyCap>
        </Button>
        {similar.length > 0 && (
          <Button disabled={filing.busy} onClick={() => file(true)}>
            {t('fileAnew')} <KeyCap>Shift Enter</KeyCap>
          </Button>
        )}
        <Button type="text" onClick={cancel}>
          {t('cancel')} <KeyCap>Esc</KeyCap>
        </Button>
      </footer>
    </div>
  );
}
