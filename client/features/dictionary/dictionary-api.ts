import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CodeReading, Edition, Translation } from '#contract/codes';
import type { ClassEdit, ClassEntry, ClassSet, ClassSetChange } from '#contract/dictionary';
import { fetchAll, fetchJson } from '../access/fetch-json.ts';

/** All classes of one generation of the dictionary. */
export function classesOfQuery(edition: Edition) {
  return queryOptions({
    queryKey: ['classes', edition],
    queryFn: ({ signal }) => fetchAll<ClassEntry>(`/classes?edition=${edition}`, signal),
    staleTime: 60_000,
  });
}

/** The generations there are, and which of them is in force. */
export const classSetsQuery = queryOptions({
  queryKey: ['class-sets'],
  queryFn: async ({ signal }) => (await fetchJson<{ items: ClassSet[] }>('/class-sets', { signal })).items,
});

/** What it would mean to put another generation in force today. */
export const consequencesQuery = (edition: number) =>
  queryOptions({
    queryKey: ['class-sets', edition, 'consequences'],
    queryFn: ({ signal }) => fetchJson<ClassSetChange>(`/class-sets/${edition}/consequences`, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** What a class is called in another generation. */
export function translationQuery(classId: string, to: Edition) {
  return queryOptions({
    queryKey: ['codes', 'translate', classId, to],
    queryFn: ({ signal }) =>
      fetchJson<Translation>(`/codes/translate?class=${encodeURIComponent(classId)}&to=${to}`, { signal }),
    staleTime: Infinity,
  });
}

/** What the digits of a code mean. */
export function codeQuery(code: string) {
  return queryOptions({
    queryKey: ['codes', code],
    queryFn: ({ signal }) => fetchJson<CodeReading>(`/codes/${encodeURIComponent(code)}`, { signal }),
    enabled: /^(\d{4,17}|([0-9]{4}:)?[PE]\d{4,5})$/.test(code),
    staleTime: 60_000,
  });
}

export function useEditClass() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, edit }: { id: string; edit: ClassEdit }) =>
      fetchJson<ClassEntry>(`/classes/${encodeURIComponent(id)}`, { method: 'PATCH', body: edit }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['classes'] }),
  });
}
