import { dayOf } from '#clock/calendar-day';
import type { Queryable } from '../db/database.ts';
import { appendOutbox } from '../realtime/outbox.ts';
import type { CaseClock } from './case-clocks.ts';
import { factsOfFile } from './case-facts.ts';
import { chainEvents, type ChainedEvent } from './case-log.ts';
import { roomsOfCase, toCaseSummary, type FullCase } from './case-record.ts';
import { saveFacts } from './facts-repository.ts';
import { insertEvents } from './log-repository.ts';
import { saveRequests } from './request-repository.ts';
import type { CaseFile } from './take-step.ts';
import { insertCase, insertPhotos, saveClocks, updateCase } from './write-repository.ts';

/** Writes a case just filed with its log, clocks and change; gives it its number. */
export async function saveNewCase(
  tx: Queryable,
  file: CaseFile,
  { now, timeZone }: { now: Date; timeZone: string },
): Promise<FullCase> {
  const { record, events } = sealLog(file);
  const number = await insertCase(tx, record, {
    district: record.subdistrictCode.slice(0, 6),
    day: dayOf(now.getTime(), timeZone).replaceAll('-', ''),
  });
  const numbered = { ...record, number };
  await insertEvents(tx, events);
  await saveClocks(tx, record.id, file.clocks);
  await saveFacts(tx, [factsOfFile({ ...file, record: numbered })]);
  await appendCaseChange(tx, numbered, [], now);
  return numbered;
}

/** Writes steps taken on a case; undefined when somebody else changed it meanwhile. */
export async function saveSteps(
  tx: Queryable,
  before: { record: FullCase; clocks: readonly CaseClock[] },
  file: CaseFile,
  now: Date,
): Promise<FullCase | undefined> {
  const sealed = sealLog(file);
  const record = { ...sealed.record, version: before.record.version + 1 };
  if (!(await updateCase(tx, record, before.record.version))) return undefined;
  await insertEvents(tx, sealed.events);
  await saveClocks(
    tx,
    record.id,
    file.clocks.filter((clock) => !before.clocks.includes(clock)),
  );
  const requests = record.requests.filter((request) => !before.record.requests.includes(request));
  if (requests.length > 0) await saveRequests(tx, record.id, requests);
  const photos = record.photos.filter(({ n }) => n > before.record.eventCount);
  if (photos.length > 0) await insertPhotos(tx, record.id, photos);
  await saveFacts(tx, [factsOfFile(file)]);
  await appendCaseChange(tx, record, roomsOfCase(before.record), now);
  return record;
}

function sealLog(file: CaseFile): { record: FullCase; events: ChainedEvent[] } {
  const events = chainEvents(file.record, file.events);
  const headHash = events.at(-1)?.hash ?? file.record.headHash;
  return { events, record: { ...file.record, headHash, eventCount: file.record.eventCount + events.length } };
}

function appendCaseChange(tx: Queryable, record: FullCase, roomsBefore: string[], now: Date): Promise<void> {
  return appendOutbox(tx, {
    at: now,
    kind: 'case',
    id: record.id,
    patch: toCaseSummary(record, now),
    roomsBefore,
    roomsAfter: roomsOfCase(record),
  });
}
