import { access } from './access.ts';
import { area } from './area.ts';
import { cases } from './cases.ts';
import { clock } from './clock.ts';
import { desk } from './desk.ts';
import { errors } from './errors.ts';
import { framing } from './framing.ts';
import { media } from './media.ts';
import { shell } from './shell.ts';
import { unit } from './unit.ts';
import { wall } from './wall.ts';

export const zhCN = { access, area, cases, clock, desk, errors, framing, media, shell, unit, wall } as const;
