import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '#contract/cases';
import { useNow } from '../../realtime/live-store.tsx';
import { useErrorText } from '../access/use-error-text.ts';
import { useMe } from '../access/use-me.ts';
import { useName } from '../../i18n/use-language.ts';
import { useCaseAction } from './api.ts';

/** One tap and a confirmation urge the unit, which starts the supervision clock (督办, 30 min). */
export function UrgeButton({ one }: { one: CaseSummary }) {
  const { t } = useTranslation('cases');
  const me = useMe();
  const name = useName();
  const now = useNow(10_000);
  const errorText = useErrorText();
  const { message } = App.useApp();
  const act = useCaseAction(one);
  const mayUrge = me.role === 'area-head' || me.role === 'supervisor' || me.role === 'administrator';
  const isUrged = one.supervision?.dueAt !== undefined && Date.parse(one.supervision.dueAt) > now;
  if (!mayUrge || one.stage !== 'handling') return null;
  const urge = () =>
    act.mutate(
      { action: 'supervise' },
      {
        onSuccess: () => void message.success(t('urged')),
        onError: (error) => void message.error(errorText(error)),
      },
    );
  return (
    <Popconfirm
      title={t('urgeConfirm', { unit: one.unit ? name(one.unit.name) : '' })}
      description={t('urgeHint')}
      okText={t('action.supervise')}
      cancelText={t('cancel')}
      onConfirm={urge}
      disabled={isUrged}
    >
      <Button type="primary" size="large" loading={act.isPending} disabled={isUrged} data-urge={one.id}>
        {isUrged ? t('tag.urged') : t('action.supervise')}
      </Button>
    </Popconfirm>
  );
}
