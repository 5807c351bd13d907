import type { ClassEntry, ClassLimit } from '#contract/dictionary';
import type { Channel } from '#contract/reports';
import type { Names } from '#contract/shared';
import type { Resolution } from '#contract/units';
import type { WorkAxis } from '#clock/work-axis';
import type { findUnits } from '../cases/service.ts';
import type { WorkAxisHolder } from '../clock/service.ts';
import type { FramingRow } from '../reports/repository.ts';
import type { ReportPlace } from '../reports/report-record.ts';
import type { People } from './people.ts';
import type { Random } from './seeded-random.ts';
import type { Temperament } from './temperament.ts';

export type Unit = Awaited<ReturnType<typeof findUnits>>[number];

/** A place where something goes wrong again and again, with who answers for it. */
export interface Site {
  entry: ClassEntry;
  limit: ClassLimit;
  place: ReportPlace;
  divisionNames: Names[];
  resolution: Resolution;
  accuracyMetres: number;
  /** Seen by a camera: its reports come by framing. */
  framing?: Omit<FramingRow, 'id' | 'reportId' | 'at' | 'createdBy'> | undefined;
}

/** What a simulation knows of the district; nothing of it changes while it runs. */
export interface Town {
  seed: number;
  axis: WorkAxis;
  holder: WorkAxisHolder;
  /** Nothing happens after this instant. Epoch milliseconds. */
  until: number;
  people: People;
  units: ReadonlyMap<string, Unit>;
  temperaments: ReadonlyMap<string, Temperament>;
  /** Evidence of a unit's feedback: an attachment of its clerk. */
  photos: ReadonlyMap<string, string>;
  drawSite(random: Random): Site;
  drawVideoSite(random: Random): Site;
  /** One that no rule gives to a unit. */
  drawUnresolvedSite(random: Random): Site;
  drawChannel(random: Random): Channel;
}
