-- 035-kinds.sql: a kind of work as one word: its services, one after another. Words are compared in a tenth of the
-- time of lists, of which a look at a page of the index compares each; and by leakproof functions, so the index
-- serves behind row-level security too.
set role janela_owner;

create function desk.kind_of (services text[])
returns text language plpgsql immutable as $$
begin
  return array_to_string (services, ' ');
end $$;

drop index desk.ticket_waiting;
alter table desk.ticket add column kind text collate "C" generated always as (desk.kind_of (services)) stored;
create index ticket_waiting on desk.ticket (branch, kind, due, id) where state = 'waiting';

-- Made again in functions/line.sql and functions/tickets.sql, otherwise or not at all.
drop function if exists desk.heads (text), desk.kind_line (text, text[]), desk.own_branch (text), desk.first_head (desk.call),
                        desk.best_ticket (desk.call), desk.ticket_json (desk.call, desk.ticket);
