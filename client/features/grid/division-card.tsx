import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../i18n/use-language.ts';
import { useNow } from '../../realtime/live-store.tsx';
import { StateNote } from '../../ui/state-note.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { countLights } from '../cases/case-light.ts';
import { LightCounts } from '../cases/light-counts.tsx';
import { useOpenCases } from '../cases/use-open-cases.ts';
import { divisionsQuery } from './api.ts';
import { divisionQuery, headsQuery } from './card-api.ts';
import { CodeMeaning } from './code-meaning.tsx';
import { Figures } from './figures.tsx';
import styles from './grid-cards.module.css';
import { HeadList } from './head-list.tsx';
import { CardSection, Facts, ThingCard } from './thing-card.tsx';
import { useMeasures } from './use-measures.ts';

const FEW = 12;

interface DivisionCardProps {
  code: string;
  onClose: () => void;
  onGoThere: (bounds: readonly number[]) => void;
  onSelectDivision: (code: string) => void;
  onListParts: (filter: { division: string }) => void;
}

/** A district, subdistrict or community: what is below it, who answers for it, how its cases stand. */
export function DivisionCard(props: DivisionCardProps) {
  const { code, onClose, onGoThere, onSelectDivision, onListParts } = props;
  const { t } = useTranslation(['register', 'shell']);
  const name = useName();
  const measures = useMeasures();
  const errorText = useErrorText();
  const now = useNow(10_000);
  const { data: division, error, refetch } = useQuery(divisionQuery(code));
  const { data: all } = useQuery(divisionsQuery);
  const open = useOpenCases();
  const [whole, setWhole] = useState(false);
  const inside = useMemo(() => open.filter((one) => one.communityCode.startsWith(code)), [open, code]);
  const below = useMemo(() => {
    const counts = new Map<string, number>();
    const children = all?.filter(({ parentCode }) => parentCode === code) ?? [];
    for (const { communityCode } of inside) {
      const child = children.find((one) => communityCode.startsWith(one.code));
      if (child) counts.set(child.code, (counts.get(child.code) ?? 0) + 1);
    }
    return children
      .map((child) => ({ child, open: counts.get(child.code) ?? 0 }))
      .sort((a, b) => b.open - a.open || (a.child.code < b.child.code ? -1 : 1));
  }, [all, code, inside]);
  if (!division) {
    return (
      <ThingCard kind={t('division.title')} title={code} onClose={onClose}>
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
  const { counts } = division;
  const parent = all?.find((one) => one.code === division.parentCode);
  const figure = (word: string, value: number | undefined) =>
    value === undefined ? [] : [[word, measures.number(value)] as const];
  return (
    <ThingCard
      kind={t(`division.level.${division.level}`)}
      title={name(division.name)}
      code={division.code}
      onClose={onClose}
      onGoThere={() => onGoThere(division.bounds)}
      actions={<Button onClick={() => onListParts({ division: code })}>{t('division.showParts')}</Button>}
    >
      <CardSection
        title={t('division.lights')}
        extra={<LightCounts counts={countLights(inside, now)} words />}
      >
        <Figures
          rows={[
            ...figure(t('division.open'), inside.length),
            ...figure(t('division.cells'), counts?.cells),
            ...figure(t('division.parts'), counts?.parts),
          ]}
        />
      </CardSection>
      <CardSection title={t('division.heads')}>
        {division.level === 'community' ? (
          <CommunityHeads code={code} />
        ) : (
          <Facts
            rows={[[t('division.heads'), counts?.heads === undefined ? '—' : measures.number(counts.heads)]]}
          />
        )}
      </CardSection>
      {below.length > 0 && (
        <CardSection title={`${t('division.below')} ${below.length}`}>
          <ul className={styles.rows}>
            {(whole ? below : below.slice(0, FEW)).map(({ child, open: count }) => (
              <li key={child.code}>
                <button type="button" className={styles.row} onClick={() => onSelectDivision(child.code)}>
                  <span>{name(child.name)}</span>
                  <span className={styles.number}>
                    {count > 0 && `${t('division.open')} ${measures.number(count)}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {below.length > FEW && !whole && (
            <Button type="text" block onClick={() => setWhole(true)}>
              {t('division.showMore', { count: below.length - FEW })}
            </Button>
          )}
        </CardSection>
      )}
      <CardSection title={t('part.facts')}>
        <Facts
          rows={[
            ...(parent
              ? [
                  [
                    t('division.parent'),
                    <Button
                      key="parent"
                      type="link"
                      size="small"
                      onClick={() => onSelectDivision(parent.code)}
                    >
                      {name(parent.name)}
                    </Button>,
                  ] as const,
                ]
              : []),
            [t('division.edition'), String(division.edition)],
          ]}
        />
        <CodeMeaning code={division.code} />
      </CardSection>
    </ThingCard>
  );
}

function CommunityHeads({ code }: { code: string }) {
  const { data } = useQuery(headsQuery(code));
  const { t } = useTranslation('register');
  return data ? <HeadList heads={data} /> : <p>{t('loading')}…</p>;
}
