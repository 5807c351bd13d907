import { SearchOutlined } from '@ant-design/icons';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../../ui/key-cap.tsx';
import { SearchBox } from './search-box.tsx';
import styles from './search-launcher.module.css';
import { useLeads } from './use-leads.ts';
import { useSearchShortcut } from './use-search-shortcut.ts';

/** The way to the search box from any station: a button in the bar, and Ctrl-K. */
export function SearchLauncher() {
  const { t } = useTranslation('search');
  const [open, setOpen] = useState(false);
  const { leads, follow } = useLeads();
  useSearchShortcut(() => setOpen(true));
  return (
    <>
      <button
        type="button"
        className={styles.launcher}
        aria-keyshortcuts="Control+K Meta+K"
        aria-label={t('open')}
        onClick={() => setOpen(true)}
      >
        <SearchOutlined aria-hidden />
        <span className={styles.word}>{t('open')}</span>
        <span className={styles.key} aria-hidden>
          <KeyCap>Ctrl K</KeyCap>
        </span>
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        closable={false}
        destroyOnHidden
        width={640}
        title={<span className="visually-hidden">{t('open')}</span>}
        className={styles.dialog ?? ''}
        style={{ top: 'min(12vh, 96px)' }}
        // Escape first empties the box; the box itself closes the dialog.
        keyboard={false}
      >
        <SearchBox
          inline
          autoFocus
          leads={leads}
          onLeave={() => setOpen(false)}
          onChoose={(found) => {
            setOpen(false);
            follow(found);
          }}
        />
        <p className={styles.keys} aria-hidden>
          <KeyCap>↑</KeyCap> <KeyCap>↓</KeyCap> {t('move')}
          <KeyCap>Enter</KeyCap> {t('choose')}
          <KeyCap>Esc</KeyCap> {t('leave')}
        </p>
      </Modal>
    </>
  );
}
