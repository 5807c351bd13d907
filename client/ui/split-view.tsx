import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PanelBoundary } from './panel-boundary.tsx';
import styles from './split-view.module.css';

interface SplitViewProps {
  list: ReactNode;
  /** What was chosen from the list. */
  detail?: ReactNode;
  /** Shown beside the list while nothing is chosen, where there is room. */
  aside: ReactNode;
  onBack: () => void;
}

/** A list with what was chosen from it beside it; on a phone instead of it. */
export function SplitView({ list, detail, aside, onBack }: SplitViewProps) {
  const { t } = useTranslation('shell');
  return (
    <div className={styles.split} data-open={Boolean(detail)}>
      <div className={styles.list}>
        <PanelBoundary>{list}</PanelBoundary>
      </div>
      <div className={styles.detail}>
        {detail && (
          <div className={styles.back}>
            <Button type="text" size="large" icon={<ArrowLeftOutlined />} onClick={onBack}>
              {t('back')}
            </Button>
          </div>
        )}
        <PanelBoundary>{detail ?? aside}</PanelBoundary>
      </div>
    </div>
  );
}
