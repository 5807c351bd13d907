import { useTranslation } from 'react-i18next';
import type { CaseFlags as Flags } from '#contract/cases';
import { useFormats } from '../clock/use-formats.ts';

export const flagKeys = [
  'postponedAt',
  'extendedAt',
  'returnedAt',
  'repeatedAt',
] as const satisfies (keyof Flags)[];

/** The flags that stand, each with the instant at which it first did. */
export function CaseFlags({ flags }: { flags: Flags }) {
  const { t } = useTranslation('cases');
  const formats = useFormats();
  return flagKeys.map((key) => {
    const at = flags[key];
    return (
      at && (
        <span key={key}>
          {t('flagSince', { flag: t(`tag.${key}`), at: formats.dateTime(Date.parse(at)) })}
        </span>
      )
    );
  });
}
