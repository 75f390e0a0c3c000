-- growing.sql: each table can be changed by a later numbered file while the functions stand.
select * from no_plan ();

select lives_ok (format ($$ alter table %s add column later text not null default '' $$, c.oid::regclass), 'a column for ' || c.relname)
from pg_class c where c.relnamespace = 'desk'::regnamespace and c.relkind = 'r' order by c.relname;
select * from finish ();
