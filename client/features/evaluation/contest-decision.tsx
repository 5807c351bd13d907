import { App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contest } from '#contract/evaluation';
import { ErrorNote } from '../access/error-note.tsx';
import styles from './contest-decision.module.css';
import { useDecideContest } from './contests-api.ts';

/** The supervisor upholds or refuses an open contest, with the reason that the unit will read. */
export function ContestDecision({ contest }: { contest: Contest }) {
  const { t } = useTranslation('evaluation');
  const { message } = App.useApp();
  const decide = useDecideContest(contest);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const noteId = useId();
  const say = (upheld: boolean) => {
    if (note.trim() === '') {
      setMissing(true);
      return;
    }
    decide.mutate(
      { upheld, note: note.trim() },
      { onSuccess: () => void message.success(t(upheld ? 'contest.wasUpheld' : 'contest.wasRefused')) },
    );
  };
  return (
    <div className={styles.decision}>
      <label htmlFor={noteId}>{t('contest.decisionNote')}</label>
      <Input.TextArea
        id={noteId}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={note}
        status={missing ? 'error' : ''}
        aria-invalid={missing}
        onChange={(event) => {
          setNote(event.target.value);
          setMissing(false);
        }}
      />
      {missing && <p role="alert">{t('contest.noteMissing')}</p>}
      <ErrorNote error={decide.error} />
      <div className={styles.buttons}>
        <Button type="primary" loading={decide.isPending} onClick={() => say(true)} data-decide="uphold">
          {t(`contest.uphold.${contest.wants}`)}
        </Button>
        <Button disabled={decide.isPending} onClick={() => say(false)} data-decide="refuse">
          {t('contest.refuse')}
        </Button>
      </div>
    </div>
  );
}
