import { useSyncExternalStore } from 'react';

const query = '(max-width: 720px)';

/** Whether the screen is as narrow as a phone; turns with it. */
export function usePhone(): boolean {
  return useSyncExternalStore(
    (told) => {
      const media = matchMedia(query);
      media.addEventListener('change', told);
      return () => media.removeEventListener('change', told);
    },
    () => matchMedia(query).matches,
  );
}
