-- 041-followers.sql: who came along waits beside the line until the one he follows is called.
set role janela_owner;

drop index desk.ticket_directed;
alter table desk.ticket
  add column follows   uuid references desk.ticket,  -- the first of the party
  drop column directed,
  add column directed  boolean not null
                       generated always as (for_counter is not null or for_login is not null or leave_papers
                                            or follows is not null) stored;
create index ticket_directed on desk.ticket (branch, due) where state = 'waiting' and directed;
