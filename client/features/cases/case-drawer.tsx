import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from '../../ui/panel-boundary.tsx';
import { CaseView } from './case-view.tsx';

/** A case over the station it was opened from; Escape goes back. */
export function CaseDrawer({ caseId, onClose }: { caseId: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('cases');
  return (
    <Drawer
      open={caseId !== undefined}
      onClose={onClose}
      size="min(880px, 100vw)"
      destroyOnHidden
      title={t('case')}
      closable={{ 'aria-label': t('close') }}
      extra={
        caseId && (
          <Link to="/cases/$caseId" params={{ caseId }}>
            {t('openPage')}
          </Link>
        )
      }
      styles={{ body: { padding: 0 } }}
    >
      <PanelBoundary>{caseId && <CaseView caseId={caseId} />}</PanelBoundary>
    </Drawer>
  );
}
