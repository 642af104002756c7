-- Fields of sample types in an import: what a row says of them is judged by the very function that judges every other sample.

-- The answers of a row by field key; null where nothing is said.
create or replace function private.fields_sql(targets text[])
returns text
language sql immutable
set search_path = ''
as $$
  select coalesce(string_agg('jsonb_build_object(' || g.pairs || ')', ' || ' order by g.part), $sql$'{}'::jsonb$sql$)
  from (
    select t.n / 40 as part, string_agg(format('%L, t.v%s', substr(t.target, 8), t.n), ', ' order by t.n) as pairs
    from unnest(targets) with ordinality t (target, n)
    where t.target ^@ 'fields.'
    group by 1) g
$$;
grant execute on function private.fields_sql(text[]) to member;

-- What the sample's type says of a row that is sound so far, as SQL over told.
create or replace function private.verdict_sql(import lab.imports, targets text[], headings text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when import.kind <> 'samples' then $sql$'{}'::jsonb[]$sql$
    else format($sql$case when told.told_problems = '{}' and (told.is_new or told.changed && %1$L::text[]) then private.field_problems(
      $2, told.record_id, %2$s, case when told.is_new then jsonb_strip_nulls(told.fields) else private.only_keys(told.fields, told.changed) end, %3$L::jsonb)
      else '{}'::jsonb[] end$sql$,
      array(select t from unnest(targets) t where t ^@ 'fields.'),
      case when 'sample_type' = any (targets) then 'told.v' || array_position(targets, 'sample_type') else 'null::text' end,
      (select coalesce(jsonb_object_agg(substr(t.target, 8), headings[t.n]), '{}') from unnest(targets) with ordinality t (target, n) where t.target ^@ 'fields.'))
  end
$$;
grant execute on function private.verdict_sql(lab.imports, text[], text[]) to member;

-- The answers that differ: keys of "fields.key".
create or replace function private.only_keys(fields jsonb, changed text[])
returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(fields) f where 'fields.' || f.key = any (changed)
$$;
grant execute on function private.only_keys(jsonb, text[]) to member;

create or replace function private.field_problems(lab uuid, sample_id uuid, sample_type text, fields jsonb, headings jsonb)
returns jsonb[]
language plpgsql stable
set search_path = ''
as $$
declare
  given lab.samples;
  previous lab.samples;
  verdict record;
begin
  if sample_id is null then
    given.lab_id := lab;
    given.sample_type := sample_type;
    given.fields := fields;
  else
    select s.* into previous from lab.samples s where s.id = sample_id;
    given := previous;
    given.fields := (select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value <> 'null'), '{}') from jsonb_each(previous.fields || fields) f);
  end if;
  select * into verdict from private.judge_sample(given, previous);
  if verdict.problems is null and verdict.links is not null then
    perform private.resolve_links(lab, verdict.links);
  end if;
  return coalesce((
    select array_agg(jsonb_build_object('code', p -> 'code', 'column', coalesce(headings -> (p ->> 'field'), p -> 'field'), 'value', fields -> (p ->> 'field'),
      'args', p -> 'message_args', 'hint_args', p -> 'hint_args'))
    from jsonb_array_elements(verdict.problems) p), '{}');
exception when sqlstate 'PGRST' then
  -- what the law refuses outright: a type that takes no new samples, a link that leads nowhere
  return array[jsonb_build_object('code', 'PL008', 'column', coalesce(headings ->> ((sqlerrm::jsonb ->> 'details')::jsonb ->> 'field'), 'sample_type'), 'value', '',
    'args', jsonb_build_array(sqlerrm::jsonb ->> 'message'), 'hint_args', jsonb_build_array(sqlerrm::jsonb ->> 'hint'))];
end $$;
grant execute on function private.field_problems(uuid, uuid, text, jsonb, jsonb) to member;
