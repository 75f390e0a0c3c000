-- faults.sql: how the backend says no: an SQLSTATE for the kind, a code for the fault, and
-- DETAIL as JSON; never prose. The window has the words.
set role janela_owner;

-- kind: conflict, rejected, denied, not-found, outdated; node: the form's node, where there is one.
create or replace function desk.fail (kind text, code text, node text default null, args jsonb default '{}')
returns void language plpgsql as $$
begin
  raise exception using
    errcode = case kind
                when 'conflict' then 'JN001'
                when 'rejected' then 'JN002'
                when 'denied' then 'JN003'
                when 'not-found' then 'JN004'
                when 'outdated' then 'JN005'
              end,
    message = code,
    detail = jsonb_build_object ('code', code, 'node', node, 'args', args)::text;
end $$;

-- Arguments come from outside: what is missing or of a wrong shape is REJECTED, with its name.
create or replace function desk.want (args jsonb, name text)
returns text language plpgsql immutable as $$
begin
  if coalesce (args ->> name, '') = '' then
    perform desk.fail ('rejected', 'missing-argument', null, jsonb_build_object ('name', name));
  end if;
  return args ->> name;
end $$;

-- A cast that fails is class 22, which clients read as REJECTED "wrong-argument".
create or replace function desk.want_uuid (args jsonb, name text)
returns uuid language plpgsql immutable as $$
begin
  return desk.want (args, name)::uuid;
end $$;

-- An argument that is to be of this type, where it is given: what somebody types is refused by its name.
create or replace function desk.valid (args jsonb, name text, type regtype)
returns text language plpgsql stable as $$
begin
  execute format ('select %L::%s', args ->> name, type);
  return args ->> name;
exception when data_exception then
  perform desk.fail ('rejected', 'wrong-argument', null, jsonb_build_object ('name', name));
end $$;

-- A whole number of this range.
create or replace function desk.valid_int (args jsonb, name text, lowest int, highest int)
returns int language plpgsql stable as $$
begin
  if desk.valid (args, name, 'int')::int not between lowest and highest then
    perform desk.fail ('rejected', 'wrong-argument', null, jsonb_build_object ('name', name));
  end if;
  return (args ->> name)::int;
end $$;

-- A list of words: ["a","b"]; missing or null is empty.
create or replace function desk.words (list jsonb)
returns text[] language plpgsql immutable as $$
begin
  if list is null or jsonb_typeof (list) <> 'array' then
    return '{}';
  end if;
  return array (select jsonb_array_elements_text (list));
end $$;

-- A word as LIKE takes it for itself.
create or replace function desk.literal (word text)
returns text language sql immutable as $$
  select replace (replace (replace (word, '\', '\\'), '%', '\%'), '_', '\_')
$$;

-- A word with stars ("dsi-*") as a pattern for LIKE; all else in it stands for itself.
create or replace function desk.pattern (glob text)
returns text language sql immutable as $$
  select replace (desk.literal (glob), '*', '%')
$$;
