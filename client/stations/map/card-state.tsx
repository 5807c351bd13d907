import { useTranslation } from 'react-i18next';
import { ApiError } from '../../features/access/fetch-json.ts';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { StateNote } from '../../ui/state-note.tsx';

/** What a card says while it has nothing: it is coming, it is not there, or it could not be read. */
export function CardState({ error, gone, onRetry }: { error: unknown; gone: string; onRetry: () => void }) {
  const { t } = useTranslation(['register', 'shell']);
  const errorText = useErrorText();
  if (!error) return <StateNote kind="loading" title={t('loading')} />;
  if (error instanceof ApiError && error.status === 404) return <StateNote kind="error" title={gone} />;
  return (
    <StateNote kind="error" title={errorText(error)} action={{ label: t('shell:retry'), run: onRetry }} />
  );
}
