-- Whether the filing clock of a report runs in natural time (urgent problems) or in working time, so that screens count
-- it down as it runs. A column with a constant default: the table is not rewritten.
alter table reports
  add column axis text not null default 'working' check (axis in ('natural', 'working'));
update reports r
set axis = 'natural'
from class_limits l
where l.id = r.limit_id and l.urgent;
