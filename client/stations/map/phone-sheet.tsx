import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import styles from './map-station.module.css';

interface PhoneSheetProps {
  label: string;
  /** How much of the screen at first; the handle makes it full and back. */
  size: 'low' | 'half' | 'full';
  children: ReactNode;
}

/** A card that comes up from below; a tap or a swipe on its handle makes it taller or lower. */
export function PhoneSheet({ label, size, children }: PhoneSheetProps) {
  const { t } = useTranslation('register');
  const [tall, setTall] = useState(false);
  const [from, setFrom] = useState<number | null>(null);
  return (
    <section className={styles.sheet} aria-label={label} data-size={tall && size !== 'low' ? 'full' : size}>
      {size === 'half' && (
        <button
          type="button"
          className={styles.handle}
          aria-label={t(tall ? 'sheetLower' : 'sheetTaller')}
          aria-expanded={tall}
          onPointerDown={(event) => setFrom(event.clientY)}
          onPointerUp={(event) => {
            const moved = from === null ? 0 : event.clientY - from;
            setFrom(null);
            setTall(Math.abs(moved) < 12 ? !tall : moved < 0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ' ') setTall(!tall);
          }}
        >
          <span />
        </button>
      )}
      <div className={styles.sheetBody}>
        <PanelBoundary>{children}</PanelBoundary>
      </div>
    </section>
  );
}
