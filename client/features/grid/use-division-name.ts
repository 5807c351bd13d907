import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useName } from '../../i18n/use-language.ts';
import { divisionsQuery } from './api.ts';

/** Names a division by its code; the code itself until the names are there. */
export function useDivisionName(): (code: string) => string {
  const { data } = useQuery(divisionsQuery);
  const name = useName();
  const byCode = useMemo(() => new Map(data?.map((division) => [division.code, division.name])), [data]);
  return (code) => {
    const names = byCode.get(code);
    return names ? name(names) : code;
  };
}
