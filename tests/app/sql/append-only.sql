-- append-only.sql: events, facts, answers and the chain are never changed, by anyone.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T01', 1);
\o
select * from no_plan ();
select is (has_table_privilege ('janela_api', 'desk.' || t, p), false, 'janela_api has no ' || p || ' on ' || t)
from unnest ('{event,chain_batch,fact,command}'::text[]) t, unnest ('{update,delete,truncate}'::text[]) p;
select throws_ok (format ('update desk.%I set branch = branch', t), '42501', 'append-only', 'nor can the owner update ' || t) from unnest ('{event,chain_batch}'::text[]) t;
select throws_ok (format ('delete from desk.%I', t), '42501', 'append-only', 'nor delete from ' || t) from unnest ('{event,chain_batch,fact}'::text[]) t;
select throws_ok (format ('truncate desk.%I cascade', t), '42501', 'append-only', 'nor truncate ' || t) from unnest ('{event,chain_batch,fact}'::text[]) t;

select results_eq ($$ select actor, session_role, terminal, counter, offline_grant is null, happened_at <= recorded_at from desk.event where kind = 'session' and what = 'opened' $$,
                   $$ values (test.login ('ana'), 'clerk', 'T01', 1, true, true) $$, 'an event says who, in which role, where and when');
\o /dev/null
select test.run ('ana', 'counter_state', jsonb_build_object ('state', 'break', 'reason', 'lunch', 'at', now () - interval '1 hour'));
select test.run ('ana', 'counter_state', jsonb_build_object ('state', 'open', 'at', now () + interval '1 hour'));
\o
select results_eq ($$ select reason, recorded_at - happened_at > '59 minutes' from desk.event where what = 'break' $$, $$ values ('lunch', true) $$,
                   'when it happened and when it was recorded stand beside each other, with the reason');
select is ((select happened_at <= recorded_at from desk.event where kind = 'counter' and what = 'open'), true, 'nothing happens in the future');
select * from finish ();
