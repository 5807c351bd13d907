import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useMe } from '../../features/access/use-me.ts';
import { CaseTags } from '../../features/cases/case-tags.tsx';
import { mainStepOf } from '../../features/cases/main-step.ts';
import { UnitToBe } from '../../features/cases/unit-to-be.tsx';
import { DueClock } from '../../features/clock/due-clock.tsx';
import { useDivisionName } from '../../features/grid/use-division-name.ts';
import { useName } from '../../i18n/use-language.ts';
import styles from './case-table.module.css';

interface CaseTableRowProps {
  one: CaseSummary;
  index: number;
  style: React.CSSProperties;
  isActive: boolean;
  isOpen: boolean;
  selected: boolean;
  busy: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onStep: () => void;
  onSelect: (selected: boolean) => void;
}

export function CaseTableRow(props: CaseTableRowProps) {
  const { one, index, style, isActive, isOpen, selected, busy } = props;
  const { t } = useTranslation(['desk', 'cases']);
  const me = useMe();
  const name = useName();
  const divisionName = useDivisionName();
  const step = mainStepOf(one, me.role);
  return (
    <tr
      role="row"
      aria-rowindex={index + 1}
      aria-current={isOpen}
      aria-selected={selected}
      className={styles.row}
      style={style}
      tabIndex={isActive ? 0 : -1}
      data-row={one.id}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <td role="cell" className={styles.due}>
        <span onClick={(event) => event.stopPropagation()}>
          <Checkbox
            tabIndex={-1}
            aria-label={t('selectRow', { number: one.number })}
            checked={selected}
            onChange={(event) => props.onSelect(event.target.checked)}
          />
        </span>
        <DueClock face={one} timing={one.timing} short />
      </td>
      <td role="cell" className={styles.what}>
        <button
          type="button"
          tabIndex={-1}
          className={styles.open}
          data-case={one.id}
          onClick={(event) => {
            event.stopPropagation();
            props.onOpen();
          }}
        >
          {name(one.className)}
        </button>
        <CaseTags one={one} />
      </td>
      <td role="cell">{t(`cases:stage.${one.stage}`)}</td>
      <td role="cell">
        {divisionName(one.subdistrictCode)}
        <span className={styles.soft}> {divisionName(one.communityCode)}</span>
      </td>
      <td role="cell">{one.unit ? name(one.unit.name) : <UnitToBe one={one} />}</td>
      <td role="cell" className={styles.number}>
        {one.number}
      </td>
      <td role="cell" className={styles.step}>
        {step && (
          <Button
            size="small"
            type="primary"
            loading={busy}
            tabIndex={-1}
            data-step={step}
            onClick={(event) => {
              event.stopPropagation();
              props.onStep();
            }}
          >
            {t(`cases:action.${step}`)}
          </Button>
        )}
      </td>
    </tr>
  );
}
