-- instances.sql: the check of a filled form that SQL can do: its size, its nodes, lexical types,
-- what is always required, choices that never change. The steward fills the form again afterwards.
set role janela_owner;

-- Lexical forms of the ODK types; what is missing here is text. The two commonest have a name and a test
-- without regular expression (a tenth of its time).
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

-- From {path: {type, required, choices}} to what the check reads: each group on the way is a node as
-- well; {} where there is nothing to check; t the lexical form, r required, c the choices between
-- strokes, with a star before them where several may be given.
create or replace function desk.nodes_compiled (nodes jsonb)
returns jsonb language sql immutable as $$
  select coalesce (jsonb_object_agg (path, node), '{}') from (
    select distinct on (path) path, node from (
      select '/' || array_to_string ((string_to_array (n.key, '/'))[2:depth], '/') as path,
             case when depth = array_length (string_to_array (n.key, '/'), 1) then jsonb_strip_nulls (jsonb_build_object (
               't', desk.lexical (n.value ->> 'type'),
               'r', case when (n.value ->> 'required')::boolean then true end,
               'c', (select case when n.value ->> 'type' = 'select' or (n.value ->> 'multiple')::boolean then '*' else '' end
                            || '|' || string_agg (choice, '|') || '|' from jsonb_array_elements_text (
                       case jsonb_typeof (n.value -> 'choices') when 'array' then n.value -> 'choices' else '[]' end) choice)))
             else '{}' end as node
      from jsonb_each (nodes) n
      cross join generate_series (2, array_length (string_to_array (n.key, '/'), 1)) depth
      where strpos (n.key, '@') = 0) all_nodes
    order by path, length (node::text) desc) one_each
$$;

-- Walk the tags, which come split at each "</": every element must be a node of the form, and closed.
-- Returns the path of the value in each piece: that of the tag that was opened last in it.
create or replace function desk.walk (code text, pieces text[], nodes jsonb)
returns text[] language plpgsql immutable as $$
declare
  piece text;
  tag text;
  name text;
  path text := '';
  value_at text;
  paths text[] := '{}';
begin
  nodes := nodes || '{}';                        -- out of its toast once, not at every look
  foreach piece in array pieces loop
    value_at := null;
    foreach tag in array string_to_array (piece, '<') loop
      name := rtrim (tag, '/>');
      if tag !~ '^[A-Za-z_][^[:space:]<>&"''/]*/?>$' then
        perform desk.fail ('rejected', 'not-plain-xml', path, jsonb_build_object ('service', code));
      elsif paths <> '{}' and value_at is null and left (piece, length (tag)) = tag then
        if right (path, length (name) + 1) <> '/' || name then
          perform desk.fail ('rejected', 'not-plain-xml', path, jsonb_build_object ('service', code));
        end if;
        path := left (path, -length (name) - 1);
        value_at := '';                          -- behind a closing tag there is no value
      elsif not nodes ? (path || '/' || name) then
        perform desk.fail ('rejected', 'unknown-node', path || '/' || name, jsonb_build_object ('service', code));
      elsif tag like '%/>' then
        value_at := '';
      else
        path := path || '/' || name;
        value_at := path;
      end if;
    end loop;
    paths := paths || nullif (value_at, '');
  end loop;
  if path <> '' then
    perform desk.fail ('rejected', 'not-plain-xml', path, jsonb_build_object ('service', code));
  end if;
  return paths;
end $$;

-- A shape seen for the first time. What is always required must be among its nodes.
create or replace function desk.learn_shape (of_code text, of_version text, of_digest bytea, pieces text[])
returns desk.shape language plpgsql as $$
declare
  f desk.publication;
  s desk.shape;
  lacking text;
begin
  select * into f from desk.publication p where p.kind = 'service' and p.code = of_code and p.version = of_version;
  s.paths := desk.walk (of_code, pieces, f.nodes);
  select r into lacking from jsonb_array_elements_text (f.meta -> 'required') r where r <> all (array_remove (s.paths, null)) limit 1;
  if found then
    perform desk.fail ('rejected', 'required', lacking, jsonb_build_object ('service', of_code));
  end if;
  insert into desk.shape as h (code, version, digest, paths, at, lexical, choices, required)
  select of_code, of_version, of_digest, s.paths, coalesce (array_agg (n.at), '{}'), coalesce (array_agg (n.node ->> 't'), '{}'),
         coalesce (array_agg (n.node ->> 'c'), '{}'), coalesce (array_agg (n.node ? 'r'), '{}')
  from (select p.n::int as at, f.nodes -> p.path as node from unnest (s.paths) with ordinality p (path, n) order by p.n) n
  where n.node <> '{}'
  on conflict on constraint shape_pkey do update set code = excluded.code
  returning * into s;
  return s;
end $$;

create or replace function desk.is_lexical (value text, lexical text)
returns boolean language sql immutable as $$
  select case lexical
    when 'int' then translate (ltrim (value, '+-'), '0123456789', '') = ''
                    and ltrim (value, '+-') <> '' and length (value) - length (ltrim (value, '+-')) <= 1 and length (value) <= 19
    when 'date' then translate (value, '123456789', '000000000') = '0000-00-00'
                     and substr (value, 6, 2) between '01' and '12' and substr (value, 9, 2) between '01' and '31'
    else value ~ lexical
  end
$$;

-- One value: a blank one is wrong only where it is always required.
create or replace function desk.value_fault (value text, lexical text, choices text, required boolean)
returns text language sql immutable as $$
  select case
    when value = '' then case when required then 'required' end
    when lexical is not null and not desk.is_lexical (value, lexical) then 'wrong-type'
    when choices is not null and not case when left (choices, 1) = '*'
           then string_to_array (trim (value), ' ') <@ string_to_array (choices, '|')
           else strpos (choices, '|' || value || '|') > 0 end then 'not-a-choice'
  end
$$;

-- Splitting at "</" is quicker than libxml2 in SQL. Refused is what no form of ours has: comments, CDATA,
-- processing instructions, DOCTYPE. Returns the values at the paths that are wanted: {path: value}.
create or replace function desk.check_instance (of_code text, of_version text, xml text, wanted text[])
returns jsonb language plpgsql as $$
declare
  shape text;
  texts text[];
  mark bytea;
  s desk.shape;
  wrong record;
begin
  xml := regexp_replace (xml, '^\s*(<\?xml [^>]*\?>)?\s*<', '');
  select string_agg (left (u, length (u) - length (split_part (u, '>', -1))), '</'), array_agg (split_part (u, '>', -1))
    into shape, texts from unnest (string_to_array (xml, '</')) u;
  if strpos (shape, '=') > 0 then
    shape := regexp_replace (shape, '\s[^<>]*?(/?)>', '\1>', 'g');
  end if;
  mark := sha256 (convert_to (shape, 'UTF8'));
  select * into s from desk.shape h where h.code = of_code and h.version = of_version and h.digest = mark;
  if not found then
    s := desk.learn_shape (of_code, of_version, mark, string_to_array (shape, '</'));
  end if;
  select r.at, desk.value_fault (texts[r.at], r.lexical, r.choices, r.required) as fault into wrong
  from unnest (s.at, s.lexical, s.choices, s.required) r (at, lexical, choices, required)
  where desk.value_fault (texts[r.at], r.lexical, r.choices, r.required) is not null limit 1;
  if found then
    perform desk.fail ('rejected', wrong.fault, s.paths[wrong.at], jsonb_build_object ('service', of_code));
  elsif wanted = '{}' then
    return '{}';
  end if;
  return (select coalesce (jsonb_object_agg (w.path, texts[w.n]) filter (where texts[w.n] <> ''), '{}')
          from (select path, array_position (s.paths, path) as n from unnest (wanted) path) w);
end $$;
