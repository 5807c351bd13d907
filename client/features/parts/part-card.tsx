import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '#contract/parts';
import type { LonLat } from '#contract/shared';
import { useName } from '../../i18n/use-language.ts';
import { StateNote } from '../../ui/state-note.tsx';
import { ApiError } from '../access/fetch-json.ts';
import { useErrorText } from '../access/use-error-text.ts';
import { useMe } from '../access/use-me.ts';
import { CardSection, ThingCard } from '../grid/thing-card.tsx';
import { CodeMeaning } from '../grid/code-meaning.tsx';
import { HistoryList } from '../history/history-list.tsx';
import { partByCodeQuery } from './api.ts';
import { mayEditParts, mayReadHistory } from './may-edit.ts';
import { NearCameras } from './near-cameras.tsx';
import { PartActions } from './part-actions.tsx';
import { PartCases } from './part-cases.tsx';
import { PartFacts } from './part-facts.tsx';
import { usePartPatches } from './part-patches.ts';
import { PartPhotos } from './part-photos.tsx';
import { PartResponsible } from './part-responsible.tsx';
import { PartStateMark } from './part-state-mark.tsx';

export interface PartCardProps {
  code: string;
  onClose: () => void;
  onGoThere: (position: LonLat) => void;
  onSelect: (kind: 'cell' | 'camera', id: string) => void;
  onOpenCase: (id: string) => void;
  onEdit: (part: Part) => void;
  onMove: (part: Part) => void;
}

/** A part whole: what it is, whose, how it stands, what happened to it, who is responsible, who sees it. */
export function PartCard(props: PartCardProps) {
  const { code, onClose, onGoThere, onSelect, onOpenCase, onEdit, onMove } = props;
  const { t } = useTranslation(['register', 'shell']);
  const name = useName();
  const me = useMe();
  const errorText = useErrorText();
  const { data: part, error, refetch } = useQuery(partByCodeQuery(code));
  const patch = usePartPatches((state) => state.put);
  useEffect(() => {
    // What was changed, or taken back, shows on the map before its tiles are read again.
    if (part) patch([part]);
  }, [part, patch]);
  if (!part) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <ThingCard kind={t('part.title')} title={code} onClose={onClose}>
        {error ? (
          <StateNote
            kind="error"
            title={isGone ? t('part.gone') : errorText(error)}
            {...(isGone ? {} : { action: { label: t('shell:retry'), run: () => void refetch() } })}
          />
        ) : (
          <StateNote kind="loading" title={t('loading')} />
        )}
      </ThingCard>
    );
  }
  return (
    <ThingCard
      kind={t('part.title')}
      title={name(part.className)}
      code={part.code}
      onClose={onClose}
      onGoThere={() => onGoThere(part.position)}
      tags={<PartStateMark state={part.state} />}
      actions={
        mayEditParts(me.role) && (
          <PartActions key={part.code} part={part} onEdit={() => onEdit(part)} onMove={() => onMove(part)} />
        )
      }
    >
      <CardSection title={t('part.photos')}>
        <PartPhotos key={part.code} part={part} mayEdit={mayEditParts(me.role)} />
      </CardSection>
      <CardSection title={t('part.facts')}>
        <PartFacts part={part} onSelectCell={(cell) => onSelect('cell', cell)} />
      </CardSection>
      <CardSection title={t('part.code')}>
        <CodeMeaning code={part.code} />
      </CardSection>
      <CardSection title={t('part.cases')}>
        <PartCases code={part.code} onOpen={onOpenCase} />
      </CardSection>
      <CardSection title={t('part.responsible')}>
        <PartResponsible part={part} />
      </CardSection>
      <CardSection title={t('part.cameras')}>
        <NearCameras position={part.position} onSelect={(id) => onSelect('camera', id)} />
      </CardSection>
      {mayReadHistory(me.role) && (
        <CardSection title={t('part.history')}>
          <HistoryList subject="part" code={part.code} />
        </CardSection>
      )}
    </ThingCard>
  );
}
