const storageKey = 'gridwatch.recent-classes';
const most = 8;

/** Ids of the classes this browser filed last, newest first. */
export function recentClasses(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberClass(id: string): void {
  const next = [id, ...recentClasses().filter((other) => other !== id)].slice(0, most);
  localStorage.setItem(storageKey, JSON.stringify(next));
}
