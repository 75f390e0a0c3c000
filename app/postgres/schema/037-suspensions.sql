-- 037-suspensions.sql: what was applied for and is not decided, by service: its pledge is flagged while the
-- service is suspended. And a department's suspension reaches every branch.
set role janela_owner;

create index application_undecided on desk.application (branch, service, due) where state <> 'decided';

create policy everywhere on desk.event for select to janela_api using (branch = '*' and kind = 'suspension');
