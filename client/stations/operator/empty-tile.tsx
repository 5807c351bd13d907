import { useTranslation } from 'react-i18next';
import { StateNote } from '../../ui/state-note.tsx';

export function EmptyTile() {
  const { t } = useTranslation('framing');
  return <StateNote kind="empty" title={t('noCamera')} />;
}
