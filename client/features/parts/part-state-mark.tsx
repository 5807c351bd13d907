import { useTranslation } from 'react-i18next';
import type { PartState } from '#contract/parts';
import styles from './part-state-mark.module.css';

/** The state in words, with a mark of its own: neither the colours nor the shapes of the lights. */
export function PartStateMark({ state }: { state: PartState }) {
  const { t } = useTranslation('register');
  return (
    <span className={styles.state} data-state={state}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {state === 'intact' && <path d="M2 6.5 5 9.5 10.5 2.5" />}
        {state === 'damaged' && <path d="M7 1 3.5 6h4L4.5 11" />}
        {state === 'missing' && <path d="M3.8 3.9a2.3 2.3 0 1 1 3.2 2.3C6.2 6.6 6 7 6 7.8M6 10.2v.3" />}
        {state === 'abandoned' && <path d="M1.5 6h9" />}
        {state === 'removed' && <path d="M2 2l8 8M10 2l-8 8" />}
      </svg>
      {t(`state.${state}`)}
    </span>
  );
}
