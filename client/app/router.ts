import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { meQuery } from '../features/access/api.ts';
import { LoginPage } from '../features/access/login-page.tsx';
import { stationsOfRole, type Station } from '../features/access/station-of-role.ts';
import { adminSearch } from '../stations/admin/admin-search.ts';
import { areaSearch } from '../stations/chief/area-search.ts';
import { deskSearch } from '../stations/desk/desk-search.ts';
import { evaluationSearch } from '../stations/evaluation/evaluation-search.ts';
import { mapStationSearch } from '../stations/map/map-station-search.ts';
import { operatorSearch } from '../stations/operator/operator-search.ts';
import { supervisionSearch } from '../stations/supervision/supervision-search.ts';
import { checksSearch } from '../stations/collector/checks-search.ts';
import { unitSearch } from '../stations/unit/unit-search.ts';
import { createQueryClient } from './query-client.ts';
import { MissingPage } from './missing-page.tsx';
import { FailedPage } from './failed-page.tsx';
import { SignedIn } from './signed-in.tsx';
import { StationFrame } from './station-frame.tsx';

export const queryClient = createQueryClient(() => {
  queryClient.setQueryData(meQuery.queryKey, null);
  void router.navigate({ to: '/login', search: { to: router.state.location.href, ended: true } });
});

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: MissingPage,
  errorComponent: FailedPage,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string; ended?: boolean } => ({
    // Only a path of this site: never an address somebody else put there.
    ...(typeof search['to'] === 'string' && /^\/(?!\/)/.test(search['to']) ? { to: search['to'] } : {}),
    ...(search['ended'] === true ? { ended: true } : {}),
  }),
  component: LoginPage,
});

/** Everything below asks for a session. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
    return { me };
  },
  component: SignedIn,
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: `/${stationsOfRole(context.me.role)[0]}` });
  },
});

/** A station is open to the roles that work there; others are sent to their own. */
function guard(station: Station) {
  return ({ context }: { context: { me: { role: Parameters<typeof stationsOfRole>[0] } } }) => {
    const own = stationsOfRole(context.me.role);
    if (!own.includes(station)) throw redirect({ to: `/${own[0]}` });
  };
}

const wallRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/wall',
  beforeLoad: guard('wall'),
  component: lazyRouteComponent(() => import('../stations/wall/wall-station.tsx'), 'WallStation'),
});

const framedRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'framed',
  component: StationFrame,
});

const operatorRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/operator',
  beforeLoad: guard('operator'),
  validateSearch: operatorSearch,
  component: lazyRouteComponent(() => import('../stations/operator/operator-station.tsx'), 'OperatorStation'),
});

const deskRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/desk',
  beforeLoad: guard('desk'),
  validateSearch: deskSearch,
  component: lazyRouteComponent(() => import('../stations/desk/desk-station.tsx'), 'DeskStation'),
});

const supervisionRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/supervision',
  beforeLoad: guard('supervision'),
  validateSearch: supervisionSearch,
  component: lazyRouteComponent(
    () => import('../stations/supervision/supervision-station.tsx'),
    'SupervisionStation',
  ),
});

const mapRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/map',
  beforeLoad: guard('map'),
  validateSearch: mapStationSearch,
  component: lazyRouteComponent(() => import('../stations/map/map-station.tsx'), 'MapStation'),
});

const areaRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/area',
  beforeLoad: guard('area'),
  validateSearch: areaSearch,
  component: lazyRouteComponent(() => import('../stations/chief/area-station.tsx'), 'AreaStation'),
});

const unitRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/unit',
  beforeLoad: guard('unit'),
  validateSearch: unitSearch,
  component: lazyRouteComponent(() => import('../stations/unit/unit-station.tsx'), 'UnitStation'),
});

const checksRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/checks',
  beforeLoad: guard('checks'),
  validateSearch: checksSearch,
  component: lazyRouteComponent(() => import('../stations/collector/checks-station.tsx'), 'ChecksStation'),
});

const evaluationRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/evaluation',
  beforeLoad: guard('evaluation'),
  validateSearch: evaluationSearch,
  component: lazyRouteComponent(
    () => import('../stations/evaluation/evaluation-station.tsx'),
    'EvaluationStation',
  ),
});

const adminRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/admin',
  beforeLoad: guard('admin'),
  validateSearch: adminSearch,
  component: lazyRouteComponent(() => import('../stations/admin/admin-station.tsx'), 'AdminStation'),
});

const caseRoute = createRoute({
  getParentRoute: () => framedRoute,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./case-page.tsx'), 'CasePage'),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  signedInRoute.addChildren([
    homeRoute,
    wallRoute,
    framedRoute.addChildren([
      operatorRoute,
      deskRoute,
      supervisionRoute,
      mapRoute,
      areaRoute,
      unitRoute,
      checksRoute,
      evaluationRoute,
      adminRoute,
      caseRoute,
    ]),
  ]),
]);

export const router = createRouter({ routeTree, context: { queryClient }, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
