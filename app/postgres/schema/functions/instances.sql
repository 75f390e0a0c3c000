-- instances.sql: the check of a filled form that SQL can do: its size, its nodes, lexical types,
-- what is always required, choices that never change. The steward fills the form again afterwards.
set role janela_owner;

-- Lexical forms of the ODK types; what is missing here is text. The two commonest have a name.
create or replace function desk.lexical (type text)
returns text language sql immutable as $$
  select case type
    when 'int' then 'int'
    when 'date' then 'date'
    when 'decimal' then '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$'
    when 'time' then '^([01][0-9]|2[0-4]):[0-5][0-9](:[0-6][0-9](\.[0-9]+)?)?([Z+-].*)?$'
    when 'dateTime' then '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-9]{2}.*$'
    when 'boolean' then '^(true|false|0|1)$'
  end
$$;

-- From {path: {type, required, choices}} to what the check reads: each group on the way is a node as well, and
-- holds no value (g); t the lexical form, r required, c the choices between strokes, with a star before them
-- where several may be given.
create or replace function desk.nodes_compiled (nodes jsonb)
returns jsonb language sql immutable as $$
  select coalesce (jsonb_object_agg (path, node), '{}') from (
    select distinct on (path) path, node from (
      select '/' || array_to_string ((string_to_array (n.key, '/'))[2:depth], '/') as path,
             case when depth = array_length (string_to_array (n.key, '/'), 1) then jsonb_strip_nulls (jsonb_build_object (
               'g', case when n.value ->> 'type' = 'group' then true end, 't', desk.lexical (n.value ->> 'type'),
               'r', case when (n.value ->> 'required')::boolean then true end,
               'c', (select case when n.value ->> 'type' = 'select' or (n.value ->> 'multiple')::boolean then '*' else '' end
                            || '|' || string_agg (choice, '|') || '|' from jsonb_array_elements_text (
                       case jsonb_typeof (n.value -> 'choices') when 'array' then n.value -> 'choices' else '[]' end) choice)))
             else '{"g": true}' end as node
      from jsonb_each (nodes) n
      cross join generate_series (2, array_length (string_to_array (n.key, '/'), 1)) depth
      where strpos (n.key, '@') = 0) all_nodes
    order by path, node ? 'g', length (node::text) desc) one_each
$$;

-- Walk the tags, which come split at each "<": every element must be a node of the form, and closed; text
-- stands in the nodes that hold values only. Returns the pattern of the shape, and for each tag the path of the
-- node whose value follows it.
create or replace function desk.walk (code text, pieces text[], nodes jsonb, out pattern text, out paths text[])
language plpgsql immutable as $$
declare
  last int := cardinality (pieces) - 1;
  at text := '';
  tag text;
  name text;
  value text;
  fault text;
begin
  pattern := '';
  nodes := nodes || '{}';                        -- out of its toast once, not at every look
  paths := array_fill (null::text, array[last]);
  for n in 1 .. last loop
    tag := split_part (pieces[n + 1], '>', 1);
    name := split_part (tag, ' ', 1);
    value := substr (pieces[n + 1], length (tag) + 2);
    pattern := pattern || '<' || desk.literal (name) || case when tag <> name then ' %' else '' end || '>';
    if left (tag, 1) = '/' then
      fault := case when right (at, length (tag)) <> tag or value <> '' then 'not-plain-xml' end;
      at := left (at, -length (tag));
    elsif name !~ '^[A-Za-z_][^[:space:]&"''/]*$' or right (tag, 1) = '/' or n > 1 and at = '' then
      fault := 'not-plain-xml';
    else
      at := at || '/' || name;
      if not nodes ? at then
        fault := 'unknown-node';
      elsif pieces[n + 2] is distinct from '/' || name || '>' or nodes -> at ? 'g' then
        fault := case when value <> '' then 'not-plain-xml' end;
      else
        paths[n] := at;
        fault := case when value = '' and nodes -> at ? 'r' then 'required' end;
        pattern := pattern || case when nodes -> at ? 'r' then '_%' else '%' end;
      end if;
    end if;
    if fault is not null or pieces[1] <> '' or pieces[n + 1] not like '%>%' or strpos (value, '>') > 0 then
      perform desk.fail ('rejected', coalesce (fault, 'not-plain-xml'), at, jsonb_build_object ('service', code));
    end if;
  end loop;
  if at <> '' or last < 2 then
    perform desk.fail ('rejected', 'not-plain-xml', at, jsonb_build_object ('service', code));
  end if;
end $$;

-- A shape seen for the first time. What is always required must be among its nodes. It is remembered while
-- there are not too many: a client that is not ours could make up any number of rows of a repeat.
create or replace function desk.learn_shape (of_code text, of_version text, pieces text[])
returns desk.shape language plpgsql as $$
declare
  f desk.publication;
  w record;
  s desk.shape;
  lacking text;
begin
  select * into f from desk.publication p where p.kind = 'service' and p.code = of_code and p.version = of_version;
  w := desk.walk (of_code, pieces, f.nodes);
  select r into lacking from jsonb_array_elements_text (f.meta -> 'required') r where r <> all (array_remove (w.paths, null)) limit 1;
  if found then
    perform desk.fail ('rejected', 'required', lacking, jsonb_build_object ('service', of_code));
  end if;
  select of_code, of_version, cardinality (w.paths), sha256 (convert_to (w.pattern, 'UTF8')), w.pattern,
         coalesce (array_agg (n.at order by n.at), '{}'), coalesce (array_agg (n.node ->> 't' order by n.at), '{}'),
         coalesce (array_agg (n.node ->> 'c' order by n.at), '{}'),
         array (select array_position (w.paths, fee ->> 'ref') from jsonb_array_elements (
                  case jsonb_typeof (f.meta -> 'fees') when 'array' then f.meta -> 'fees' else '[]' end) with ordinality u (fee, n) order by u.n),
         now ()
    into s
  from (select p.n::int as at, f.nodes -> p.path as node from unnest (w.paths) with ordinality p (path, n)) n
  where n.node ?| '{t,c}';
  insert into desk.shape select (s).*            -- nobody waits for another who learns the same
  where pg_try_advisory_xact_lock (hashtextextended (s.pattern, 2))
    and (select count(*) from desk.shape h where h.code = of_code and h.version = of_version) < 500
  on conflict do nothing;
  return s;
end $$;

-- The two commonest types are told without a regular expression, which would take twice the time.
create or replace function desk.is_lexical (value text, lexical text)
returns boolean language sql immutable as $$
  select case lexical
    when 'int' then case when translate (value, '0123456789', '') = '' then length (value) <= 18
                         else value ~ '^[+-][0-9]{1,18}$' end
    when 'date' then translate (value, '123456789', '000000000') = '0000-00-00'
                     and substr (value, 6, 2) collate "C" between '01' and '12'
                     and substr (value, 9, 2) collate "C" between '01' and '31'
    else value ~ lexical
  end
$$;

-- One value; a blank one is right here: whether it may be blank says the shape.
create or replace function desk.value_fault (value text, lexical text, choices text)
returns text language sql immutable as $$
  select case
    when value = '' then null
    when choices is null then case when not desk.is_lexical (value, lexical) then 'wrong-type' end
    when strpos (choices, '|' || value || '|') > 0 and strpos (value, '|') = 0 then null
    when left (choices, 1) = '*' and string_to_array (trim (value), ' ') <@ string_to_array (choices, '|') then null
    else 'not-a-choice'
  end
$$;

-- The path of the node that the n-th tag opens.
create or replace function desk.path_at (pieces text[], n int)
returns text language plpgsql immutable as $$
declare
  at text := '';
  tag text;
begin
  foreach tag in array pieces[2 : n + 1] loop
    tag := split_part (split_part (tag, '>', 1), ' ', 1);
    at := case when left (tag, 1) = '/' then left (at, -length (tag)) else at || '/' || tag end;
  end loop;
  return at;
end $$;

-- As JnBackend's clients send a filled form: no declaration, no blanks around it, and <a></a> for <a/>.
create or replace function desk.plain_xml (xml text)
returns text language plpgsql immutable as $$
begin
  if left (xml, 5) = '<?xml' then
    xml := substr (xml, strpos (xml, '?>') + 2);
  end if;
  return regexp_replace (btrim (xml, E' \t\r\n'), '<([^[:space:]<>/]+)([[:space:]][^<>]*)?/>', '<\1\2></\1>', 'g');
end $$;

-- Check a filled form against the published one of this code and version. Refused is also what no form of
-- ours has: comments, CDATA, processing instructions, DOCTYPE. Returns what its fees say, in their order.
-- A document has a known shape where it has as many tags, no "<" or ">" beside theirs, and is like its pattern.
create or replace function desk.check_instance (of_code text, of_version text, xml text, plain boolean default true)
returns text[] language plpgsql as $$
declare
  pieces text[] := string_to_array (xml, '<');
  checked int[];
  types text[];
  lists text[];
  fees int[];
  wrong record;
begin
  select h.at, h.lexical, h.choices, h.fee_at into checked, types, lists, fees from desk.shape h
  where h.code = of_code and h.version = of_version and h.tags = cardinality (pieces) - 1
    and h.tags = octet_length (xml) - octet_length (replace (xml, '>', ''))
    and strpos (xml, '/>') = 0 and xml like h.pattern limit 1;
  if not found and plain then
    return desk.check_instance (of_code, of_version, desk.plain_xml (xml), false);
  elsif not found then
    select h.at, h.lexical, h.choices, h.fee_at into checked, types, lists, fees
    from desk.learn_shape (of_code, of_version, pieces) h;
  end if;
  select r.at, desk.value_fault (r.value, r.lexical, r.choices) as fault into wrong
  from (select u.*, split_part (pieces[u.at + 1], '>', 2) as value
        from (select unnest (checked) as at, unnest (types) as lexical, unnest (lists) as choices) u offset 0) r
  where desk.value_fault (r.value, r.lexical, r.choices) is not null limit 1;
  if found then
    perform desk.fail ('rejected', wrong.fault, desk.path_at (pieces, wrong.at), jsonb_build_object ('service', of_code));
  end if;
  return case when fees = '{}' then '{}' else array (select split_part (pieces[at + 1], '>', 2) from unnest (fees) at) end;
end $$;
