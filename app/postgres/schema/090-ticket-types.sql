-- 090-ticket-types.sql: what a ticket may say of itself, as types. Constraints of a table are read and planned again by each
-- statement that writes it (070-submit.sql): a call and its end paid for ten of them.
set role janela_owner;

create domain desk.ticket_state as text check (value in ('expected', 'waiting', 'called', 'serving', 'held', 'done'));
create domain desk.ticket_outcome as text check (value in (
  'served', 'no-show', 'left-waiting', 'left-serving', 'transferred', 'cancelled', 'closed-by-emergency', 'unserved-at-close'));
create domain desk.ticket_channel as text check (value in ('clerk', 'kiosk', 'remote', 'booked', 'phone', 'mail'));
create domain desk.language as text check (value in ('zh-Hant', 'pt', 'en'));

-- That who is done has an outcome, and nobody else, is said where rows are written (functions/fold.sql).
drop policy booking on desk.ticket;
alter table desk.ticket
  drop constraint ticket_state_check, drop constraint ticket_outcome_check, drop constraint ticket_channel_check,
  drop constraint ticket_language_check, drop constraint ticket_check,
  alter column state type desk.ticket_state, alter column outcome type desk.ticket_outcome,
  alter column channel type desk.ticket_channel, alter column language type desk.language;
create policy booking on desk.ticket to janela_api
  using (channel = 'remote' and login is null and state = 'expected'
         and (select pg_has_role (session_user, 'janela_booking', 'member')));

-- The session's state is read with the session.
alter type desk.call add attribute state text;

-- The session of this connection: the setting that names it is the client's to write, so it must be this person's and this
-- connection's, and open. (Said in this way only the primary key fits: 071-sessions.sql.)
create view desk.own_session as
  select s.id, s.role, s.branch, s.terminal, s.counter, s.state, b.zone
  from desk.session s join desk.branch b on b.code = s.branch
  where s.id = nullif (current_setting ('janela.session', true), '')::uuid
    and s.login = session_user and s.pid = pg_backend_pid () and coalesce (s.closed_at, 'infinity') = 'infinity';
grant select on desk.own_session to janela_api;

-- Made again in functions/, otherwise.
drop function if exists desk.ticket_write (desk.ticket), desk.first_head (desk.call), desk.next_ticket (desk.call),
                        desk.ticket_json (desk.call, desk.ticket, text[]), desk.is_mine (desk.call, text[], text[]);
