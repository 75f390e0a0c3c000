-- queue-rows.sql: the rows of a call, with the real table's indexes, an event and the answer for a retry, in one
-- function; still nobody asks who calls, and what he can serve is given.
create or replace function test.keep (key uuid, of_ticket uuid, what text)
returns uuid language plpgsql as $$
begin
  insert into desk.event (branch, kind, subject, what, actor, session_role, terminal, counter, happened_at)
  values ('91', 'ticket', of_ticket, what, 'k0', 'clerk', 'T07', 7, now ());
  insert into desk.command (key, branch, name, args_hash, login, terminal, answer)
  values (key, '91', what, 0, 'k0', 'T07', jsonb_build_object ('id', of_ticket));
  return of_ticket;
end $$;

create or replace function test.call (key uuid)
returns uuid language plpgsql as $$
declare
  taken uuid;
begin
  perform pg_advisory_xact_lock (91);
  update desk.ticket set state = 'called', called = now (), last_called = now (), counter = 7, login = 'k0'
  where id = (select h.id from desk.heads ('91') h
              where h.services <@ '{dsaj-birth-reg,dsi-bir-first,dsi-personal-data-cert,fss-birth-allowance}'
              order by h.due, h.id limit 1)
  returning id into taken;
  return test.keep (key, taken, 'called');
end $$;

-- As bare as it can be: what queue-bare.pgbench does.
create or replace function test.let_go (of_ticket uuid)
returns boolean language plpgsql security definer as $$
begin
  update desk.ticket set state = 'done', outcome = 'no-show', finished = now () where id = of_ticket;
  return found;
end $$;
