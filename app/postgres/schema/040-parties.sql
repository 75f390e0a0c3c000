-- 040-parties.sql: who came together and has numbers of their own; and what a return ticket was sent for.
set role janela_owner;

alter table desk.ticket
  add column party    uuid,                       -- the same of all who came together
  add column missing  text[] not null default '{}'; -- papers that the citizen fetches today
create index ticket_party on desk.ticket (branch, party) where party is not null and state = 'waiting';
