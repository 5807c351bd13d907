import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../features/access/use-error-text.ts';
import { StateNote } from '../ui/state-note.tsx';

/** The last boundary: a station that could not be loaded, or a server that does not answer. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const errorText = useErrorText();
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <StateNote
      kind="error"
      title={t('pageFailed')}
      hint={errorText(error)}
      action={{ label: t('retry'), run: retry }}
    />
  );
}
