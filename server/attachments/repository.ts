import sql from 'sql-template-tag';
import type { Scope } from '#contract/access';
import { areaScope, caseScope } from '../access/scope.ts';
import type { Queryable } from '../db/database.ts';
import { partScope } from '../parts/part-scope.ts';

export interface AttachmentRow {
  id: string;
  sha256: string;
  mediaType: string;
  sizeBytes: number;
  purpose: 'still' | 'evidence' | 'photo';
  createdBy: string;
  createdAt: Date;
}

export async function insertAttachment(tx: Queryable, row: AttachmentRow): Promise<void> {
  await tx.query(sql`
    insert into attachments (id, sha256, media_type, size_bytes, purpose, created_by, created_at)
    values (${row.id}, ${row.sha256}, ${row.mediaType}, ${row.sizeBytes}, ${row.purpose}, ${row.createdBy},
      ${row.createdAt})`);
}

/** An attachment whose case, report or part the scope may see, or that this person uploaded. */
export async function findVisibleAttachment(
  db: Queryable,
  viewer: { id: string; scope: Scope },
  id: string,
): Promise<{ sha256: string; mediaType: string; sizeBytes: number } | undefined> {
  const cases = caseScope(viewer.scope, 'c');
  const { rows } = await db.query<{ sha256: string; mediaType: string; sizeBytes: number }>(sql`
    select a.sha256, a.media_type as "mediaType", a.size_bytes as "sizeBytes"
    from attachments a
    where a.id = ${id} and (
      a.created_by = ${viewer.id}
      or exists (select 1 from cases c where c.still_id = a.id and ${cases})
      or exists (
        select 1 from case_photos p join cases c on c.id = p.case_id where p.attachment_id = a.id and ${cases}
      )
      or exists (
        select 1 from part_photos h join parts p on p.code = h.part_code
        where h.attachment_id = a.id and ${partScope(viewer.scope, 'p')}
      )
      or exists (
        select 1
        from framings f
        join reports r on r.id = f.report_id
        left join cases c on c.id = r.case_id
        where (f.still_id = a.id or f.evidence_id = a.id)
          and (${areaScope(viewer.scope, 'r')} or (c.id is not null and ${cases}))
      )
    )`);
  return rows[0];
}

/** Which of these photos this person uploaded. */
export async function listOwnPhotos(
  db: Queryable,
  userId: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(sql`
    select id
    from attachments
    where id = any(${ids}::uuid[]) and created_by = ${userId} and purpose = 'photo'`);
  return rows.map(({ id }) => id);
}
