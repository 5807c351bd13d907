import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { meQuery } from '../features/access/api.ts';
import { useFollowCounts } from '../features/cases/use-follow-counts.ts';
import { useFollowClock } from '../features/clock/follow-clock.ts';
import { useFollowParts } from '../features/parts/follow-parts.ts';
import { LiveProvider } from '../realtime/live-store.tsx';

/** Holds the live connection while somebody is signed in; when the server ends the session, asks to sign in again. */
export function SignedIn() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const leave = useCallback(() => {
    queryClient.setQueryData(meQuery.queryKey, null);
    void navigate({ to: '/login', search: { to: router.state.location.href, ended: true } });
  }, [queryClient, navigate, router]);
  return (
    <LiveProvider onEnded={leave}>
      <Followed />
    </LiveProvider>
  );
}

/** What every screen hears of, wherever it is. */
function Followed() {
  useFollowClock();
  useFollowParts();
  useFollowCounts();
  return <Outlet />;
}
