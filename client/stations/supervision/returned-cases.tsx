import { useTranslation } from 'react-i18next';
import { CaseQueue } from '../../features/cases/case-queue.tsx';
import { useOpenCases } from '../../features/cases/use-open-cases.ts';
import { Panel } from '../../ui/panel.tsx';

/** Cases that a unit sent back and nobody has been given since. */
export function ReturnedCases({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation('supervision');
  const cases = useOpenCases().filter(
    ({ stage, flags, unit }) => stage === 'dispatch' && flags.returnedAt !== undefined && !unit,
  );
  // Nothing returned is nothing to tell: the room goes to what waits.
  if (cases.length === 0) return null;
  return (
    <Panel title={t('returned', { count: cases.length })} flush>
      <CaseQueue cases={cases} onSelect={onOpen} />
    </Panel>
  );
}
