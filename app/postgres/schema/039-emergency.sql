-- 039-emergency.sql: the emergencies of a branch by time: check-in windows that one fell into last longer.
set role janela_owner;

create index emergency_time on desk.emergency (branch, since);
