import { access } from './access.ts';
import { admin } from './admin.ts';
import { area } from './area.ts';
import { bulletins } from './bulletins.ts';
import { cases } from './cases.ts';
import { clock } from './clock.ts';
import { desk } from './desk.ts';
import { errors } from './errors.ts';
import { evaluation } from './evaluation.ts';
import { framing } from './framing.ts';
import { map } from './map.ts';
import { media } from './media.ts';
import { register } from './register.ts';
import { search } from './search.ts';
import { shell } from './shell.ts';
import { supervision } from './supervision.ts';
import { unit } from './unit.ts';
import { units } from './units.ts';
import { wall } from './wall.ts';
import { workingTime } from './working-time.ts';

export const en = {
  access,
  admin,
  area,
  bulletins,
  cases,
  clock,
  desk,
  errors,
  evaluation,
  framing,
  map,
  media,
  register,
  search,
  shell,
  supervision,
  unit,
  units,
  wall,
  'working-time': workingTime,
} as const;
