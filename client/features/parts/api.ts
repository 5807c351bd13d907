import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { CaseSummary } from '#contract/cases';
import type { NewPart, Part, PartEdit, PartFilter, StateChange, StateChanged } from '#contract/parts';
import { fetchJson } from '../access/fetch-json.ts';
import { newKey } from '../access/new-key.ts';
import { partQuery } from './part-filter.ts';

const PAGE = 200;
/** The most the register changes in one go. */
export const MOST_CHANGED = 10_000;

export const partByCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ['parts', 'one', code],
    queryFn: ({ signal }) => fetchJson<Part>(`/parts/${encodeURIComponent(code)}`, { signal }),
  });

interface PartPage {
  items: Part[];
  next?: string;
}

export const partListQuery = (filter: PartFilter) =>
  infiniteQueryOptions({
    queryKey: ['parts', 'list', partQuery(filter)],
    queryFn: ({ pageParam, signal }) =>
      fetchJson<PartPage>(
        `/parts?${partQuery(filter, { limit: String(PAGE), ...(pageParam ? { after: pageParam } : {}) })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const partCasesQuery = (code: string) =>
  queryOptions({
    queryKey: ['parts', 'one', code, 'cases'],
    queryFn: async ({ signal }) =>
      (await fetchJson<{ items: CaseSummary[] }>(`/parts/${encodeURIComponent(code)}/cases`, { signal }))
        .items,
  });

/** Codes of all parts of the filter, as they are now, up to `most`; `onCount` hears how far it is. */
export async function fetchPartCodes(
  filter: PartFilter,
  { most, onCount, signal }: { most: number; onCount: (count: number) => void; signal: AbortSignal },
): Promise<string[]> {
  const codes: string[] = [];
  let after: string | undefined;
  do {
    const query = partQuery(filter, { limit: '500', ...(after ? { after } : {}) });
    const page = await fetchJson<PartPage>(`/parts?${query}`, { signal });
    codes.push(...page.items.map(({ code }) => code));
    onCount(Math.min(most, codes.length));
    after = page.next;
  } while (after && codes.length < most);
  return codes.slice(0, most);
}

/** Whatever a change of parts may have changed on this screen. */
export function forgetParts(queryClient: QueryClient): void {
  for (const queryKey of [['parts'], ['register-changes'], ['cells'], ['divisions', 'one'], ['resolve']]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}

function usePartWrite<Input, Output>(write: (input: Input, key: string) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => write(input, newKey()),
    onSuccess: () => forgetParts(queryClient),
  });
}

const post = (body: unknown, key: string) =>
  ({ method: 'POST', body, headers: { 'idempotency-key': key } }) as const;

export function useAddPart() {
  return usePartWrite((body: NewPart, key) => fetchJson<Part>('/parts', post(body, key)));
}

export function useEditPart(code: string) {
  return usePartWrite((body: PartEdit, key) =>
    fetchJson<Part>(`/parts/${code}`, { ...post(body, key), method: 'PATCH' }),
  );
}

export function useRetirePart(code: string) {
  return usePartWrite((body: { expectedVersion: number; reason: string }, key) =>
    fetchJson<Part>(`/parts/${code}/retire`, post(body, key)),
  );
}

export function useChangeStates() {
  return usePartWrite((body: StateChange, key) => fetchJson<StateChanged>('/parts/states', post(body, key)));
}

export function useAddPartPhoto(code: string) {
  return usePartWrite((attachmentId: string, key) =>
    fetchJson<Part>(`/parts/${code}/photos`, post({ attachmentId }, key)),
  );
}

export function useRemovePartPhoto(code: string) {
  return usePartWrite((id: string) =>
    fetchJson<Part | undefined>(`/parts/${code}/photos/${id}`, { method: 'DELETE' }),
  );
}
