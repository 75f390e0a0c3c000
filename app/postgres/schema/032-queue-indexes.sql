-- 032-queue-indexes.sql: fewer indexes on tickets: a call writes into each of them while it holds the
-- branch's lock. The last hour and the leftovers are found by the day and by the three states' own.
set role janela_owner;

drop index desk.ticket_called;
drop index desk.ticket_open;
create index ticket_expected on desk.ticket (branch, day) where state = 'expected';
