-- 036-visit-index.sql: the tickets of a visit, by which its states are checked against the events: without it
-- each visit read all tickets. A waiting ticket is not in it, so a call does not write into it.
set role janela_owner;

create index ticket_visit on desk.ticket (visit) where visit is not null;
