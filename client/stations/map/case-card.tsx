import { CloseOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CaseView } from '../../features/cases/case-view.tsx';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import styles from './cards.module.css';

/** A case beside the map that shows where it is. */
export function CaseCard({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['cases', 'register']);
  return (
    <div className={styles.case} data-card>
      <header className={styles.caseHead}>
        <span className={styles.kind}>{t('case')}</span>
        <Link to="/cases/$caseId" params={{ caseId: id }}>
          {t('openPage')}
        </Link>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('register:close')} onClick={onClose} />
      </header>
      <div className={styles.caseBody}>
        <PanelBoundary>
          <CaseView caseId={id} withMap={false} />
        </PanelBoundary>
      </div>
    </div>
  );
}
