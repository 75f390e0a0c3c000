-- 033-session-index.sql: the index of open counters holds no more than open counters. An index whose only
-- condition was closed_at is null served the policies as well, so each statement read every open session
-- to find its own: 20 µs of 30 at 64 counters, and more with each further one.
set role janela_owner;

drop index desk.session_open;
create index session_counter on desk.session (branch, counter) where closed_at is null and counter is not null;
