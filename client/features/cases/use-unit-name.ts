import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useName } from '../../i18n/use-language.ts';
import { unitsQuery } from '../units/api.ts';

/** Names a unit by its code; the code itself until the names are there. */
export function useUnitName(): (code: string) => string {
  const { data } = useQuery(unitsQuery);
  const name = useName();
  const byCode = useMemo(() => new Map(data?.map((unit) => [unit.code, unit.name])), [data]);
  return (code) => {
    const names = byCode.get(code);
    return names ? name(names) : code;
  };
}
