import { Alert } from 'antd';
import { ApiError } from './fetch-json.ts';
import { useErrorText } from './use-error-text.ts';

/** A failed call, said in place. `children` adds what to do about it. */
export function ErrorNote({ error, children }: { error: unknown; children?: React.ReactNode }) {
  const errorText = useErrorText();
  if (!error) return null;
  const code = error instanceof ApiError ? error.code : 'UNKNOWN';
  return <Alert type="error" showIcon title={errorText(error)} description={children} data-code={code} />;
}
