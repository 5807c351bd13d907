import type { SessionUser } from '../access/session-user.ts';
import { appError } from '../errors.ts';
import type { Random } from './seeded-random.ts';

/** Those who act: nobody is invented, everybody has an account. */
export interface People {
  collectors: SessionUser[];
  hotline: SessionUser[];
  operators: SessionUser[];
  clerks: SessionUser[];
  dispatchers: SessionUser[];
  supervisors: SessionUser[];
  chiefs: SessionUser[];
  administrators: SessionUser[];
  byUnit: ReadonlyMap<string, SessionUser>;
}

/** Sorts accounts by what they may do; the administrator may stand in for anybody. @throws SIMULATION_NEEDS_ACCOUNTS */
export function sortPeople(accounts: readonly SessionUser[]): People {
  const administrators = accounts.filter(({ role }) => role === 'administrator');
  const missing: string[] = [];
  const of = (role: SessionUser['role']) => {
    const found = accounts.filter((one) => one.role === role);
    if (found.length === 0 && administrators.length === 0) missing.push(role);
    return found.length > 0 ? found : administrators;
  };
  const people: People = {
    collectors: of('collector'),
    hotline: of('hotline'),
    operators: of('operator'),
    clerks: of('intake-clerk'),
    dispatchers: of('dispatcher'),
    supervisors: of('supervisor'),
    chiefs: accounts.filter(({ role, scope }) => role === 'area-head' && scope.kind === 'district'),
    administrators,
    byUnit: new Map(
      accounts.flatMap((one): [string, SessionUser][] =>
        one.role === 'unit-clerk' && one.scope.kind === 'unit' ? [[one.scope.code, one]] : [],
      ),
    ),
  };
  if (missing.length > 0) throw appError('SIMULATION_NEEDS_ACCOUNTS', { roles: missing });
  return people;
}

/** Somebody other than the one given, where there is anybody else. */
export function pickOther(random: Random, people: readonly SessionUser[], not: string | null): SessionUser {
  const others = people.filter(({ id }) => id !== not);
  return random.pick(others.length > 0 ? others : people);
}
