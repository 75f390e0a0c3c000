-- blobs.sql: bytes by their hash: whose they are, how large they may be, and what becomes of pieces.
\o /dev/null
\ir ../fixture.sql
select test.open ('ana', 'T1', 1), test.open ('bob', 'T1', 1);
create function test.hash (data text) returns text language sql as $$ select encode (sha256 (convert_to (data, 'UTF8')), 'hex') $$;
create function test.put (who text, hash text, n int, last boolean, data text) returns text language sql as $$
  select test.try (who, format ('select api.blob_put (%L, %s, %L, convert_to (%L, ''UTF8''))', hash, n, last, data))
$$;
create function test.get (who text, hash text, n int default 0) returns text language sql as $$
  select test.try (who, format ('select convert_from (api.blob_get (%L, %s), ''UTF8'')', hash, n))
$$;
\o
select * from no_plan ();

-- Two branches scan the same paper.
select is (test.put ('ana', test.hash ('paper'), 0, true, 'paper'), 'true', 'it came whole');
select is (test.get ('bob', test.hash ('paper')), null, 'another branch does not see it');
select is (test.try ('bob', format ('select api.blob_known (%L)', test.hash ('paper'))), 'false', 'nor hears of it');
select is (test.put ('bob', test.hash ('paper'), 0, true, ''), 'JN002 hash-wrong', 'who only knows the hash has nothing');
select is (test.put ('bob', test.hash ('paper'), 0, true, 'paper'), 'true', 'who has the paper sends it');
select is (test.get ('bob', test.hash ('paper')), 'paper', 'and sees his own');
select is ((select count (*) from desk.blob where hash = test.hash ('paper')), 2::bigint, 'each branch has its own');
select is (test.get ('ana', test.form_hash ('dsi-photo1')), '<form code="dsi-photo1"/>', 'what is published is everybody''s');

-- In pieces; what was sent wrong is sent again.
select is (test.put ('ana', test.hash ('one two three'), 0, false, 'wrong'), 'false', 'more is to come');
select is (test.put ('ana', test.hash ('one two three'), 2, false, 'behind'), 'false', 'a piece of another cut');
select is (test.put ('ana', test.hash ('one two three'), 1, true, 'three'), 'JN002 hash-wrong', 'they do not fit');
select is (test.put ('ana', test.hash ('one two three'), 0, false, 'one two '), 'false', 'the first again');
select is (test.put ('ana', test.hash ('one two three'), 1, true, 'three'), 'true', 'they do');
select is (test.get ('ana', test.hash ('one two three'), 1), 'three', 'the last piece');
select is (test.get ('ana', test.hash ('one two three'), 2), null, 'and none behind it');

-- As large as the setting says, in whatever pieces.
update desk.setting set value = '10' where name = 'blob_limit';
select is (test.put ('ana', test.hash ('0123456789'), 0, false, '01234'), 'false', 'half of it');
select is (test.put ('ana', test.hash ('0123456789'), 1, true, '56789'), 'true', 'as large as may be');
select is (test.put ('ana', test.hash ('0123456789!'), 0, false, '01234'), 'false', 'half of another');
select is (test.put ('ana', test.hash ('0123456789!'), 1, true, '56789!'), 'JN002 too-large', 'one byte more');
select is (test.put ('ana', test.hash ('many'), 1024, false, ''), 'JN002 too-large', 'too many pieces');

-- Pieces that never became a blob go after a day, and nothing else does.
select is (test.run ('stw', 'steward_tidy') ->> 'pieces', '0', 'they are younger than a day');
update desk.blob_chunk set put_at = now () - interval '25 hours';
select is (test.run ('stw', 'steward_tidy') ->> 'pieces', '1', 'the half that was too large with the rest');
select is (test.get ('bob', test.hash ('paper')), 'paper', 'what is whole stays');
select is_empty ($$ select from desk.blob b where not exists (select from desk.blob_chunk k where k.hash = b.hash) $$, 'all of it');
select * from finish ();
