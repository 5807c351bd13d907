import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellCard as Cell } from '#contract/grid';
import type { LonLat } from '#contract/shared';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { useMe } from '../access/use-me.ts';
import { CaseRow } from '../cases/case-row.tsx';
import { useOpenCases } from '../cases/use-open-cases.ts';
import { useFormats } from '../clock/use-formats.ts';
import { HistoryList } from '../history/history-list.tsx';
import { cellQuery, cellScoresQuery } from './card-api.ts';
import { CodeMeaning } from './code-meaning.tsx';
import { Figures } from './figures.tsx';
import styles from './grid-cards.module.css';
import { HeadList } from './head-list.tsx';
import { CardSection, Facts, Nothing, ThingCard } from './thing-card.tsx';
import { useMeasures } from './use-measures.ts';

interface CellCardProps {
  code: string;
  onClose: () => void;
  onGoThere: (position: LonLat) => void;
  onSelectDivision: (code: string) => void;
  onOpenCase: (id: string) => void;
  /** Parts of this cell, of one class or of all. */
  onListParts: (filter: { cell: string; class?: string }) => void;
  onRedraw: (cell: Cell) => void;
}

/** A cell: who answers for it, what stands in it, what is open, how it scores. */
export function CellCard(props: CellCardProps) {
  const { code, onClose, onGoThere, onSelectDivision, onOpenCase, onListParts, onRedraw } = props;
  const { t } = useTranslation(['register', 'shell']);
  const name = useName();
  const me = useMe();
  const measures = useMeasures();
  const formats = useFormats();
  const errorText = useErrorText();
  const { data: cell, error, refetch } = useQuery(cellQuery(code));
  const { data: scores } = useQuery(cellScoresQuery);
  const open = useOpenCases();
  const cases = useMemo(() => open.filter((one) => one.cell.code === code), [open, code]);
  if (!cell) {
    return (
      <ThingCard kind={t('cell.title')} title={code} onClose={onClose}>
        {error ? (
          <StateNote
            kind="error"
            title={errorText(error)}
            action={{ label: t('shell:retry'), run: () => void refetch() }}
          />
        ) : (
          <StateNote kind="loading" title={t('loading')} />
        )}
      </ThingCard>
    );
  }
  const score = scores?.get(code);
  const total = cell.parts.reduce((sum, { count }) => sum + count, 0);
  const community = cell.divisions?.at(-1);
  return (
    <ThingCard
      kind={t('cell.title')}
      title={community ? name(community.name) : code}
      code={cell.code}
      onClose={onClose}
      onGoThere={() => onGoThere(cell.centre)}
      actions={
        me.role === 'administrator' &&
        cell.retiredAt === undefined && (
          <Button onClick={() => onRedraw(cell)} data-action="outline">
            {t('cell.outlineEdit')}
          </Button>
        )
      }
    >
      {cell.retiredAt && (
        <p className={styles.retired}>
          {t('cell.retired', { at: formats.dateTime(Date.parse(cell.retiredAt)) })}
        </p>
      )}
      <CardSection title={t('cell.title')}>
        <Figures
          rows={[
            [t('cell.openCases'), measures.number(cases.length)],
            [t('cell.parts'), measures.number(total)],
            [t('cell.score'), typeof score === 'number' ? score.toFixed(1) : '—'],
          ]}
        />
        <Facts
          rows={[
            [t('cell.area'), measures.area(cell.areaSquareMetres)],
            [
              t('division.title'),
              cell.divisions?.map((division) => (
                <Button
                  key={division.code}
                  type="link"
                  size="small"
                  onClick={() => onSelectDivision(division.code)}
                >
                  {name(division.name)}
                </Button>
              )),
            ],
          ]}
        />
      </CardSection>
      <CardSection title={t('cell.heads')}>
        <HeadList heads={cell.heads ?? []} />
      </CardSection>
      <CardSection title={t('cell.openCases')}>
        {cases.length === 0 ? (
          <Nothing>{t('cell.noCases')}</Nothing>
        ) : (
          <div className={styles.rows}>
            {cases.map((one) => (
              <CaseRow key={one.id} one={one} onSelect={onOpenCase} />
            ))}
          </div>
        )}
      </CardSection>
      <CardSection
        title={t('cell.parts')}
        extra={
          total > 0 && (
            <Button type="link" size="small" onClick={() => onListParts({ cell: code })}>
              {t('cell.showParts')}
            </Button>
          )
        }
      >
        {total === 0 && <Nothing>{t('cell.noParts')}</Nothing>}
        <ul className={styles.rows}>
          {cell.parts.map((row) => (
            <li key={row.class}>
              <button
                type="button"
                className={styles.row}
                onClick={() => onListParts({ cell: code, class: row.class })}
              >
                <span>{name(row.className)}</span>
                <span className={styles.number}>{measures.number(row.count)}</span>
              </button>
            </li>
          ))}
        </ul>
      </CardSection>
      <CardSection title={t('part.code')}>
        <CodeMeaning code={cell.code} />
      </CardSection>
      {(me.role === 'administrator' || me.role === 'supervisor') && (
        <CardSection title={t('part.history')}>
          <HistoryList subject="cell" code={cell.code} />
        </CardSection>
      )}
    </ThingCard>
  );
}
