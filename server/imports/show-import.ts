import type { ImportResult, RowError } from '#contract/imports';
import type { Job, JobProgress } from '#contract/jobs';

type Write = (text: string) => void;

const ERRORS_SHOWN = 50;

/** Progress on one line of the terminal. */
export function showProgress(write: Write): (progress: JobProgress) => void {
  return ({ stage, done, total, perSecond, secondsLeft }) => {
    const share = total ? ` / ${total} (${Math.floor((100 * done) / total)} %)` : '';
    const left = secondsLeft === undefined ? '' : `, ${secondsLeft} s`;
    write(`\r\u{1b}[K${stage.zh} / ${stage.en}  ${done}${share}, ${Math.round(perSecond)}/s${left}`);
  };
}

/** What came of it, the first row errors, and the exit code: 0 when it did what was asked. */
export async function showResult(
  job: Omit<Job, 'result'> & { result?: ImportResult },
  errors: AsyncIterable<RowError>,
  write: Write,
): Promise<number> {
  const { result } = job;
  write('\r\u{1b}[K');
  let shown = 0;
  for await (const { line, field, message, value } of errors) {
    if (shown++ === ERRORS_SHOWN) {
      write(`  … /jobs/${job.id}/errors.csv\n`);
      break;
    }
    write(`  ${line}\t${field}\t${message.zh} / ${message.en}${value ? `\t${value}` : ''}\n`);
  }
  for (const { code, message } of result?.warnings ?? [])
    write(`  ! ${code}: ${message.zh} / ${message.en}\n`);
  if (result) {
    const { read, added, updated, unchanged, rejected } = result.counts;
    write(
      `读取 ${read}，新增 ${added}，更新 ${updated}，不变 ${unchanged}，拒绝 ${rejected}；${result.rowsPerSecond} 行/秒\n` +
        `${read} read, ${added} added, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected; ` +
        `${result.rowsPerSecond} rows/s\n`,
    );
  }
  if (job.error) write(`${job.error.code}: ${job.error.message}\n`);
  else if (result && !result.written) write('试运行，未写入 / dry run, nothing written\n');
  return job.state === 'done' ? 0 : 1;
}
