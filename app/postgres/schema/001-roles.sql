-- 001-roles.sql: who there is: the owners of tables and functions, and the roles that people get.
--
-- Tables belong to janela_owner, functions that roles may call belong to janela_api. janela_api is
-- no owner of tables and has no BYPASSRLS, so row-level security bites inside its functions too.
-- Roles are the cluster's, not the database's: they are made only where they are missing.

do $$
declare
  name text;
begin
  foreach name in array '{janela_owner, janela_api, janela_keeper,
                          janela_clerk, janela_supervisor, janela_head_office, janela_officer,
                          janela_department_system, janela_booking, janela_kiosk, janela_board,
                          janela_admin, janela_steward}'::text[]
  loop
    if not exists (select from pg_roles where rolname = name) then
      execute format ('create role %I nologin', name);
    end if;
  end loop;
end $$;

-- The keeper of logins: it owns the one function that makes a member of staff, and nothing else.
alter role janela_keeper createrole;
grant janela_clerk, janela_supervisor, janela_head_office, janela_officer, janela_department_system,
      janela_booking, janela_kiosk, janela_board, janela_admin, janela_steward
  to janela_keeper with admin option;

-- A clerk whose line broke takes his counter back: his old connection is ended (session_open).
grant pg_signal_backend to janela_api;

-- The owner writes the functions and gives them to those who run them.
grant janela_api, janela_keeper to janela_owner;

alter schema desk owner to janela_owner;
alter table desk.migration owner to janela_owner;
alter table desk.function_file owner to janela_owner;
create schema api authorization janela_owner;
create schema open_data authorization janela_owner;

revoke all on schema public from public;
grant usage on schema desk to janela_api, janela_keeper;
grant create, usage on schema api to janela_api, janela_keeper;
grant usage on schema api
  to janela_clerk, janela_supervisor, janela_head_office, janela_officer, janela_department_system,
     janela_booking, janela_kiosk, janela_board, janela_admin, janela_steward;
grant usage on schema open_data to public;

-- Nothing is anybody's by default.
alter default privileges for role janela_owner revoke execute on functions from public;
alter default privileges for role janela_api revoke execute on functions from public;
alter default privileges for role janela_keeper revoke execute on functions from public;
alter default privileges for role janela_owner in schema desk
  grant execute on functions to janela_api;
