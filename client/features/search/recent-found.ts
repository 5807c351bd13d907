import type { Found } from '#contract/search';

const most = 8;

/** Kept for each person apart: a desk is shared, what one may see is not. */
function storageKey(userId: string): string {
  return `gridwatch.recent-searches.${userId}`;
}

/** What this person chose in this browser, the last first. */
export function recentFound(userId: string): Found[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(userId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isFound).slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberFound(userId: string, found: Found): void {
  const others = recentFound(userId).filter(({ kind, id }) => kind !== found.kind || id !== found.id);
  try {
    localStorage.setItem(storageKey(userId), JSON.stringify([found, ...others].slice(0, most)));
  } catch {
    // A full or forbidden store loses a convenience, nothing else.
  }
}

export function forgetFound(userId: string): void {
  localStorage.removeItem(storageKey(userId));
}

function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, title, detail } = value as Partial<Found>;
  return (
    typeof kind === 'string' &&
    typeof id === 'string' &&
    typeof title?.zh === 'string' &&
    typeof detail?.zh === 'string'
  );
}
