import { useTranslation } from 'react-i18next';

/** Names a stage or a clock; what the catalogue does not know stays as it is. */
export function useStageName(): (stage: string) => string {
  const { t, i18n } = useTranslation('cases');
  return (stage) => {
    const key = `stage.${stage}`;
    return i18n.exists(key, { ns: 'cases' }) ? t(key as 'stage.handling') : stage;
  };
}
