-- owner: law
-- An SOP version is a tree of blocks. Its plan is a list of steps, each with the steps it needs; needs only ever point backwards
-- in reading order, so a run cannot dead-lock. Children of a `sequence` follow each other; those of a `parallel` start together,
-- and what comes after waits for all of them.

create or replace function private.plan_sop(tree jsonb)
returns table (key text, ordinal integer, kind text, title text, instructions text, role text, fields jsonb, needs text[])
language sql stable
set search_path = ''
as $$
  select s.step ->> 'key', s.ordinal::integer, s.step ->> 'kind', s.step ->> 'title', coalesce(s.step ->> 'instructions', ''),
    s.step ->> 'role', coalesce(s.step -> 'fields', '[]'), array(select jsonb_array_elements_text(s.step -> 'needs'))
  from jsonb_array_elements(private.plan_block(tree, '[]') -> 'steps') with ordinality s (step, ordinal)
$$;

-- The steps of a block that starts after `needs`, and the steps after which it has ended: {steps, ends}.
create or replace function private.plan_block(block jsonb, needs jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  in_order constant boolean := block ->> 'block' = 'sequence';
  steps jsonb := '[]';
  ends jsonb := case when in_order then needs else '[]' end;
  child jsonb;
  planned jsonb;
begin
  perform private.refuse('PL030', array[problem]) from private.block_problem(block) problem where problem is not null;
  if block ->> 'block' = 'step' then
    return jsonb_build_object(
      'steps', jsonb_build_array(block || jsonb_build_object('needs', needs)),
      'ends', jsonb_build_array(block -> 'key'));
  end if;
  for child in select * from jsonb_array_elements(block -> 'children') loop
    planned := private.plan_block(child, case when in_order then ends else needs end);
    steps := steps || (planned -> 'steps');
    ends := case when in_order then planned -> 'ends' else ends || (planned -> 'ends') end;
  end loop;
  return jsonb_build_object('steps', steps, 'ends', ends);
end $$;

-- What is wrong with a block, in words; null when nothing is.
create or replace function private.block_problem(block jsonb)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when coalesce(block ->> 'block', '') not in ('sequence', 'parallel', 'step') then
      format('unknown block "%s": expected sequence, parallel or step', block ->> 'block')
    when block ->> 'block' <> 'step' then
      case when jsonb_typeof(block -> 'children') is distinct from 'array' or block -> 'children' = '[]' then
        format('a %s needs at least one child', block ->> 'block') end
    when coalesce(block ->> 'key', '') !~ '^[a-z][a-z0-9_]*$' then
      format('"%s" is no key of a step: expected lower-case letters, digits and _', block ->> 'key')
    when coalesce(btrim(block ->> 'title'), '') = '' then
      format('step "%s" has no title', block ->> 'key')
    when coalesce(block ->> 'kind', '') not in ('manual', 'measurement', 'approval') then
      format('step "%s" has the unknown kind "%s": expected manual, measurement or approval', block ->> 'key', block ->> 'kind')
    when coalesce(block ->> 'role', '') not in ('technician', 'analyst', 'reviewer', 'qa', 'lab_admin') then
      format('step "%s" has the unknown role "%s"', block ->> 'key', block ->> 'role')
    when jsonb_typeof(coalesce(block -> 'fields', '[]')) <> 'array' then
      format('the fields of step "%s" are not a list', block ->> 'key')
    when block ->> 'kind' = 'approval' and coalesce(block -> 'fields', '[]') <> '[]' then
      format('approval "%s" has fields: an approval takes a signature only', block ->> 'key')
  end
$$;

create or replace function private.field_problem(field jsonb, units text[])
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when coalesce(field ->> 'key', '') !~ '^[a-z][a-z0-9_]*$' then
      format('"%s" is no key of a field: expected lower-case letters, digits and _', field ->> 'key')
    when coalesce(btrim(field ->> 'label'), '') = '' then
      format('field "%s" has no label', field ->> 'key')
    when coalesce(field ->> 'type', '') not in ('number', 'text', 'choice', 'boolean', 'sample') then
      format('field "%s" has the unknown type "%s": expected number, text, choice, boolean or sample', field ->> 'key', field ->> 'type')
    when field ->> 'type' = 'number' and not coalesce(field ->> 'unit' = any (units), false) then
      format('field "%s" has the unknown unit "%s": expected a unit of the lab', field ->> 'key', field ->> 'unit')
    when field ->> 'type' = 'choice' and (jsonb_typeof(field -> 'choices') is distinct from 'array' or field -> 'choices' = '[]') then
      format('field "%s" has no choices', field ->> 'key')
    when (field -> 'low' is not null and jsonb_typeof(field -> 'low') <> 'number')
      or (field -> 'high' is not null and jsonb_typeof(field -> 'high') <> 'number') then
      format('a limit of field "%s" is not a number', field ->> 'key')
    when (field ->> 'low')::numeric > (field ->> 'high')::numeric then
      format('the limits of field "%s" exclude each other', field ->> 'key')
    when jsonb_typeof(coalesce(field -> 'required', 'false')) <> 'boolean' then
      format('"required" of field "%s" is neither true nor false', field ->> 'key')
  end
$$;

-- Writes the steps of a version. Refuses a tree that is not sound.
create or replace function private.compile_sop(sop_version lab.sop_versions)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  units constant text[] := array(select u.code from lab.units u where u.lab_id = sop_version.lab_id);
begin
  perform private.refuse('PL030', array[p.problem])
  from private.plan_sop(sop_version.tree) s
  cross join jsonb_array_elements(s.fields) f (field)
  cross join lateral private.field_problem(f.field, units) p (problem)
  where p.problem is not null;

  perform private.refuse('PL030', array[format('the key "%s" stands twice', d.key)])
  from (
    select s.key from private.plan_sop(sop_version.tree) s group by s.key having count(*) > 1
    union all
    select s.key || '.' || (f.field ->> 'key')
    from private.plan_sop(sop_version.tree) s, jsonb_array_elements(s.fields) f (field)
    group by s.key, f.field ->> 'key' having count(*) > 1
  ) d (key);

  insert into lab.sop_steps (lab_id, sop_version_id, key, ordinal, kind, title, instructions, role, fields, needs)
  select sop_version.lab_id, sop_version.id, s.key, s.ordinal, s.kind, s.title, s.instructions, s.role, s.fields, s.needs
  from private.plan_sop(sop_version.tree) s;
end $$;

create or replace function private.compile_effective_version()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' or old.status <> 'effective' then
    perform private.compile_sop(new);
  end if;
  return null;
end $$;
grant execute on function private.compile_effective_version() to migrator;

-- Runs follow the version for ever, so once effective it can only be retired.
create or replace function private.keep_effective_version()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if (new.sop_id, new.number, new.tree) is distinct from (old.sop_id, old.number, old.tree) or new.status not in (old.status, 'retired') then
    perform private.refuse('PL031', array[old.number::text, old.status]);
  end if;
  return new;
end $$;
grant execute on function private.keep_effective_version() to migrator;
