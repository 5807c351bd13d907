import type { ReactNode } from 'react';
import { PanelBoundary } from './panel-boundary.tsx';
import styles from './panel.module.css';

interface PanelProps {
  title: string;
  extra?: ReactNode;
  /** Without padding: for lists and pictures that reach the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A titled part of a screen that fails alone. */
export function Panel({ title, extra, flush = false, className, children }: PanelProps) {
  return (
    <section className={[styles.panel, className].filter(Boolean).join(' ')} aria-label={title}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {extra}
      </header>
      <div className={flush ? styles.flush : styles.body}>
        <PanelBoundary>{children}</PanelBoundary>
      </div>
    </section>
  );
}
