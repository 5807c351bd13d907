import { useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CaseView } from '../features/cases/case-view.tsx';
import styles from './case-page.module.css';

/** A case by its own address, to be sent to a colleague. */
export function CasePage() {
  const { caseId } = useParams({ from: '/signed-in/framed/cases/$caseId' });
  const { t } = useTranslation('shell');
  const router = useRouter();
  const back = () => (router.history.canGoBack() ? router.history.back() : void router.navigate({ to: '/' }));
  return (
    <div>
      <div className={styles.back}>
        <Button type="text" icon={<ArrowLeftOutlined />} onClick={back}>
          {t('back')}
        </Button>
      </div>
      <CaseView caseId={caseId} />
    </div>
  );
}
