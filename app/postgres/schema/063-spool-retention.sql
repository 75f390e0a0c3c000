-- 063-spool-retention.sql: what a paper says is kept for as long as it may be printed again, and no longer.
set role janela_owner;

-- Days after the end of a paper's last print; three times as long where nobody knows its end.
insert into desk.setting values ('spool_days', '30');
create index print_document on desk.print (branch, document) where document is not null;
create index spool_put on desk.spool using brin (put_at);
grant delete on desk.spool to janela_api;

-- What of a paper may be another each time (a notice of what is missing, a form's answers): a further print of the same
-- edition is a copy, of another one a new paper.
alter table desk.print add column edition text not null default '';
