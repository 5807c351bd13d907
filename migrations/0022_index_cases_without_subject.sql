-- Open cases that wait for somebody to coordinate who is responsible: few among very many, so a page of them must not
-- walk all that is open. Locks cases against writes while the small index is built.
create index cases_open_no_subject on cases ((coalesce(due_at, 'infinity'::timestamptz)), id)
  where closed_at is null and no_subject;
