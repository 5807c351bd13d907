import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateNote } from '../ui/state-note.tsx';

export function MissingPage() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const action = { label: t('toHome'), run: () => void navigate({ to: '/' }) };
  return <StateNote kind="error" title={t('missingPage')} hint={t('missingPageHint')} action={action} />;
}
