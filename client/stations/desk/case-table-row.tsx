import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { ApiError } from '../../features/access/fetch-json.ts';
import { useErrorText } from '../../features/access/use-error-text.ts';
import { useMe } from '../../features/access/use-me.ts';
import { useCaseAction } from '../../features/cases/api.ts';
import { CaseTags } from '../../features/cases/case-tags.tsx';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import styles from './case-table.module.css';
import { mainStepOf } from './main-step.ts';

interface CaseTableRowProps {
  one: CaseSummary;
  selected: boolean;
  onOpen: (id: string) => void;
}

export function CaseTableRow({ one, selected, onOpen }: CaseTableRowProps) {
  const { t } = useTranslation(['desk', 'cases']);
  const me = useMe();
  const name = useName();
  const divisionName = useDivisionName();
  const errorText = useErrorText();
  const { message } = App.useApp();
  const act = useCaseAction(one);
  const step = mainStepOf(one, me.role);
  const takeStep = () => {
    if (!step || act.isPending) return;
    act.mutate(
      { action: step },
      {
        onSuccess: () =>
          void message.success(t('stepDone', { step: t(`cases:action.${step}`), number: one.number })),
        onError: (error) => {
          void message.error(errorText(error));
          // Nobody is responsible by any rule: somebody must be named, in the case itself.
          if (error instanceof ApiError && error.code === 'UNIT_REQUIRED') onOpen(one.id);
        },
      },
    );
  };
  return (
    <tr
      className={styles.row}
      aria-current={selected}
      onClick={() => onOpen(one.id)}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'd' || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        takeStep();
      }}
    >
      <td className={styles.due}>
        <DueClock face={one} timing={one.timing} short />
      </td>
      <td>
        <button
          type="button"
          className={styles.open}
          data-case={one.id}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(one.id);
          }}
        >
          {name(one.className)}
        </button>{' '}
        <CaseTags one={one} />
      </td>
      <td className={styles.plain}>{t(`cases:stage.${one.stage}`)}</td>
      <td>
        {divisionName(one.subdistrictCode)}
        <span className={styles.soft}> {divisionName(one.communityCode)}</span>
      </td>
      <td>{one.unit ? name(one.unit.name) : <span className={styles.soft}>{t('cases:noUnit')}</span>}</td>
      <td className={styles.number}>{one.number}</td>
      <td className={styles.step}>
        {step && (
          <Button
            size="small"
            type="primary"
            loading={act.isPending}
            tabIndex={-1}
            data-step={step}
            onClick={(event) => {
              event.stopPropagation();
              takeStep();
            }}
          >
            {t(`cases:action.${step}`)}
          </Button>
        )}
      </td>
    </tr>
  );
}
