-- 013-instances.sql: the check of a filled form that SQL can do: its size, its nodes, lexical types,
-- what is always required, choices that never change. The steward fills the form again afterwards.
set role janela_owner;

-- Lexical forms of the ODK types; what is missing here is text.
create function desk.lexical (type text)
returns text language sql immutable as $$
  select case type
    when 'int' then '^[+-]?[0-9]{1,18}$'
    when 'decimal' then '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$'
    when 'date' then '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T+-Z].*)?$'
    when 'time' then '^([01][0-9]|2[0-4]):[0-5][0-9](:[0-6][0-9](\.[0-9]+)?)?([Z+-].*)?$'
    when 'dateTime' then '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-9]{2}.*$'
    when 'boolean' then '^(true|false|0|1)$'
  end
$$;

-- From {path: {type, required, choices}} to what the check reads: each group on the way is a node as
-- well; {} where there is nothing to check; t the lexical form, r required, c the choices between
-- strokes, with a star before them where several may be given.
create function desk.nodes_compiled (nodes jsonb)
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

-- A shape is the tags of a filled form in their order, without attributes and texts. Walking it costs
-- 0.7 ms for 60 questions; so a shape that was walked once is remembered, with what is to be checked at
-- each tag, and from then on only the values are looked at (0.2 ms). Which shapes there are depends on what is relevant.
create table desk.shape (
  code      text not null,
  version   text not null,
  digest    bytea not null,
  paths     text[] not null,                     -- aligned with the tags; null at a closing tag
  at        int[] not null,                      -- the tags whose values are checked; the next three go with it
  lexical   text[] not null,
  choices   text[] not null,
  required  boolean[] not null,
  primary key (code, version, digest)
);
alter table desk.shape alter column paths set compression lz4;

-- Walk the tags: each must be a node of the form, each must be closed. Attributes are dropped before.
create function desk.walk (code text, tags text[], nodes jsonb)
returns text[] language plpgsql immutable as $$
declare
  tag text;
  path text := '';
  paths text[] := '{}';
begin
  nodes := nodes || '{}';                        -- out of its toast once, not at every look
  foreach tag in array tags loop
    if left (tag, 1) = '/' and right (path, length (tag)) = tag then
      path := left (path, -length (tag));
      paths := paths || null::text;
    elsif tag ~ '^[A-Za-z_][^[:space:]<&"'']*$' then
      path := path || '/' || rtrim (tag, '/');
      if not nodes ? path then
        perform desk.fail ('rejected', 'unknown-node', path, jsonb_build_object ('service', code));
      end if;
      paths := paths || path;
      if right (tag, 1) = '/' then
        path := left (path, -length (tag));
      end if;
    else
      perform desk.fail ('rejected', 'not-plain-xml', path, jsonb_build_object ('service', code));
    end if;
  end loop;
  if path <> '' then
    perform desk.fail ('rejected', 'not-plain-xml', path, jsonb_build_object ('service', code));
  end if;
  return paths;
end $$;

-- A shape seen for the first time. What is always required must be among its tags.
create function desk.learn_shape (f desk.publication, of_digest bytea, tags text[])
returns desk.shape language plpgsql as $$
declare
  s desk.shape;
  lacking text;
begin
  s.paths := desk.walk (f.code, tags, f.nodes);
  select r into lacking from jsonb_array_elements_text (f.meta -> 'required') r where r <> all (array_remove (s.paths, null)) limit 1;
  if found then
    perform desk.fail ('rejected', 'required', lacking, jsonb_build_object ('service', f.code));
  end if;
  insert into desk.shape as h (code, version, digest, paths, at, lexical, choices, required)
  select f.code, f.version, of_digest, s.paths, coalesce (array_agg (n.at), '{}'), coalesce (array_agg (n.node ->> 't'), '{}'),
         coalesce (array_agg (n.node ->> 'c'), '{}'), coalesce (array_agg (n.node ? 'r'), '{}')
  from (select p.n::int as at, f.nodes -> p.path as node from unnest (s.paths) with ordinality p (path, n) order by p.n) n
  where n.node <> '{}'
  on conflict on constraint shape_pkey do update set code = excluded.code
  returning * into s;
  return s;
end $$;

-- One value: a blank one is wrong only where it is always required.
create function desk.value_fault (value text, lexical text, choices text, required boolean)
returns text language sql immutable as $$
  select case
    when value = '' then case when required then 'required' end
    when lexical is not null and value !~ lexical then 'wrong-type'
    when choices is not null and not case when left (choices, 1) = '*'
           then string_to_array (trim (value), ' ') <@ string_to_array (choices, '|')
           else strpos (choices, '|' || value || '|') > 0 end then 'not-a-choice'
  end
$$;

-- Splitting at '<' is quicker than libxml2 in SQL. Refused is what no form of ours has: comments, CDATA,
-- processing instructions, DOCTYPE. Returns the values at the paths that are wanted: {path: value}.
create function desk.check_instance (f desk.publication, xml text, wanted text[])
returns jsonb language plpgsql as $$
declare
  tags text[];
  texts text[];
  s desk.shape;
  wrong record;
begin
  xml := regexp_replace (xml, '^\s*(<\?xml [^>]*\?>)?\s*<', '');
  select array_agg (case when strpos (t.head, ' ') = 0 then t.head
                         else split_part (t.head, ' ', 1) || case when right (t.head, 1) = '/' then '/' else '' end end),
         array_agg (t.value)
    into tags, texts
  from (select split_part (u, '>', 1) as head, split_part (u, '>', 2) as value
        from unnest (string_to_array (xml, '<')) u offset 0) t;
  select * into s from desk.shape h
  where h.code = f.code and h.version = f.version and h.digest = sha256 (convert_to (array_to_string (tags, '<'), 'UTF8'));
  if not found then
    s := desk.learn_shape (f, sha256 (convert_to (array_to_string (tags, '<'), 'UTF8')), tags);
  end if;
  select r.at, desk.value_fault (texts[r.at], r.lexical, r.choices, r.required) as fault into wrong
  from unnest (s.at, s.lexical, s.choices, s.required) r (at, lexical, choices, required)
  where desk.value_fault (texts[r.at], r.lexical, r.choices, r.required) is not null limit 1;
  if found then
    perform desk.fail ('rejected', wrong.fault, s.paths[wrong.at], jsonb_build_object ('service', f.code));
  elsif wanted = '{}' then
    return '{}';
  end if;
  return (select coalesce (jsonb_object_agg (w.path, texts[w.n]) filter (where texts[w.n] <> ''), '{}')
          from (select path, array_position (s.paths, path) as n from unnest (wanted) path) w);
end $$;
