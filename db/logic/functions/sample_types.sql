-- owner: law
-- A sample type version is a list of fields. It is compiled when it becomes effective, and stays as it is from then on.

-- `before insert on lab.sample_type_versions`
create or replace function private.number_type_version()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform from lab.sample_types t where t.lab_id = new.lab_id and t.id = new.sample_type_id for update; -- one number each
  new.number := 1 + coalesce(
    (select max(v.number) from lab.sample_type_versions v where v.lab_id = new.lab_id and v.sample_type_id = new.sample_type_id), 0);
  if new.status = 'effective' then
    perform private.retire_type_version(new);
    new.effective_at := now();
  end if;
  return new;
end $$;
grant execute on function private.number_type_version() to member, migrator;

-- `before update on lab.sample_type_versions`: draft → effective → retired, and only a draft is rewritten.
create or replace function private.keep_type_version()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if (old.status <> 'draft' and new.fields <> old.fields)
    or (old.status, new.status) not in (values ('draft', 'draft'), ('draft', 'effective'), ('effective', 'effective'), ('effective', 'retired'), ('retired', 'retired')) then
    perform private.refuse('PL031', array[old.number::text, old.status]);
  end if;
  if (old.status, new.status) = ('draft', 'effective') then
    perform private.retire_type_version(new);
    new.effective_at := now();
  end if;
  return new;
end $$;
grant execute on function private.keep_type_version() to member, migrator;

-- Before another version becomes effective. Approving is done by a person at a page, not by a kernel's token.
create or replace function private.retire_type_version(successor lab.sample_type_versions)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if nullif(current_setting('request.jwt.claims', true), '')::json ->> 'via' = 'kernel' then
    perform private.refuse('PL131');
  end if;
  update lab.sample_type_versions v
  set status = 'retired'
  where v.lab_id = successor.lab_id and v.sample_type_id = successor.sample_type_id and v.status = 'effective' and v.id <> successor.id;
end $$;

-- `after insert or update of status on lab.sample_type_versions when effective`
create or replace function private.compile_type_version()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and old.status = new.status then
    return null;
  end if;
  perform private.demand_sound_fields(new.lab_id, new.fields);
  insert into lab.sample_fields (lab_id, sample_type_id, type_version, key, ordinal, label, help, data_type, unit, low, high, choices,
    required, default_value, link_to, condition, computed)
  select new.lab_id, new.sample_type_id, new.number, f.field ->> 'key', f.n, f.field ->> 'label', coalesce(f.field ->> 'help', ''),
    f.field ->> 'type', f.field ->> 'unit', (f.field ->> 'low')::float8, (f.field ->> 'high')::float8,
    case when f.field ? 'choices' then array(select jsonb_array_elements_text(f.field -> 'choices')) end,
    coalesce((f.field ->> 'required')::boolean, false), nullif(f.field -> 'default', 'null'), f.field ->> 'link_to',
    nullif(f.field -> 'condition', 'null'), nullif(f.field -> 'computed', 'null')
  from jsonb_array_elements(new.fields) with ordinality f (field, n);
  perform private.demand_sound_defaults(new);
  return null;
end $$;
grant execute on function private.compile_type_version() to member, migrator;

-- Refuses the first thing that is wrong with a list of fields, in words.
create or replace function private.demand_sound_fields(lab uuid, fields jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  problem text;
begin
  if jsonb_array_length(fields) > 200 then
    perform private.refuse('PL122', array['it has more than 200 fields']);
  end if;
  select coalesce(private.type_field_problem(f.field, lab), private.field_expression_problem(fields, f.n::integer)) into problem
  from jsonb_array_elements(fields) with ordinality f (field, n)
  where coalesce(private.type_field_problem(f.field, lab), private.field_expression_problem(fields, f.n::integer)) is not null
  order by f.n limit 1;
  if problem is null then
    select format('the key "%s" stands twice', f ->> 'key') into problem
    from jsonb_array_elements(fields) f group by f ->> 'key' having count(*) > 1 limit 1;
  end if;
  if problem is not null then
    perform private.refuse('PL122', array[problem]);
  end if;
end $$;

create or replace function private.type_field_problem(field jsonb, lab uuid)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when jsonb_typeof(field) <> 'object' then 'a field is not an object'
    when coalesce(field ->> 'key', '') !~ '^[a-z][a-z0-9_]{0,59}$' then
      format('"%s" is no key of a field: expected lower-case letters, digits and _', field ->> 'key')
    when coalesce(btrim(field ->> 'label'), '') = '' then format('field "%s" has no label', field ->> 'key')
    when coalesce(field ->> 'type', '') not in ('text', 'number', 'date', 'choice', 'boolean', 'link', 'file') then
      format('field "%s" has the unknown type "%s": expected text, number, date, choice, boolean, link or file', field ->> 'key', field ->> 'type')
    when u.key is not null then format('field "%s" has the unknown property "%s"', field ->> 'key', u.key)
    when (field ->> 'type' = 'number') <> (field ? 'unit') then
      format('field "%s" %s', field ->> 'key', case field ->> 'type' when 'number' then 'has no unit: write 1 for a pure number' else 'has a unit but is no number' end)
    when field ? 'unit' and not exists (select from lab.units n where n.lab_id = lab and n.code = field ->> 'unit') then
      format('field "%s" has the unknown unit "%s": expected a unit of the lab', field ->> 'key', field ->> 'unit')
    when (field ->> 'type' = 'choice') <> (field ? 'choices') or jsonb_typeof(coalesce(field -> 'choices', '[]')) <> 'array' or field -> 'choices' = '[]' then
      format('field "%s": a choice has a list of choices, and nothing else has', field ->> 'key')
    when exists (select from jsonb_array_elements(coalesce(field -> 'choices', '[]')) c where jsonb_typeof(c) <> 'string' or btrim(c #>> '{}') = '') then
      format('a choice of field "%s" is not text', field ->> 'key')
    when (field ->> 'type' = 'link') <> (field ? 'link_to') then
      format('field "%s": a link says in "link_to" what it leads to, and nothing else does', field ->> 'key')
    when field ->> 'link_to' not in ('sample', 'experiment', 'plate', 'sop_run', 'result') then
      format('field "%s" leads to "%s": expected sample, experiment, plate, sop_run or result', field ->> 'key', field ->> 'link_to')
    when (field ? 'low' or field ? 'high') and field ->> 'type' <> 'number' then format('field "%s" has limits but is no number', field ->> 'key')
    when jsonb_typeof(coalesce(field -> 'low', '0')) <> 'number' or jsonb_typeof(coalesce(field -> 'high', '0')) <> 'number' then
      format('a limit of field "%s" is not a number', field ->> 'key')
    when (field ->> 'low')::numeric > (field ->> 'high')::numeric then format('the limits of field "%s" exclude each other', field ->> 'key')
    when jsonb_typeof(coalesce(field -> 'required', 'false')) <> 'boolean' then
      format('"required" of field "%s" is neither true nor false', field ->> 'key')
    when field ? 'computed' and (field ? 'default' or coalesce((field ->> 'required')::boolean, false)) then
      format('field "%s" is computed: nobody gives it, so it is neither required nor has it a default', field ->> 'key')
  end
  from (select 1) one
  left join lateral (
    select k from jsonb_object_keys(case jsonb_typeof(field) when 'object' then field else '{}' end) k
    where k <> all ('{key,label,help,type,unit,low,high,choices,required,default,link_to,condition,computed}') limit 1) u (key) on true
$$;

-- A default must be a value that the field accepts.
create or replace function private.demand_sound_defaults(type_version lab.sample_type_versions)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  problem jsonb;
begin
  select private.judge_value(f, f.default_value) -> 'problem' into problem
  from lab.sample_fields f
  where f.lab_id = type_version.lab_id and f.sample_type_id = type_version.sample_type_id and f.type_version = type_version.number
    and f.default_value is not null and private.judge_value(f, f.default_value) ? 'problem'
  limit 1;
  if found then
    perform private.refuse('PL122', array['a default is no value of its field: ' || (private.word_problem(problem) ->> 'message')]);
  end if;
end $$;

-- `before update on lab.sample_types when archived`: how many samples are in the way is told as far as the asker sees them.
create or replace function private.keep_used_type()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if private.type_is_used(old.lab_id, old.id) then
    perform private.refuse('PL128', array[old.name],
      array[(select count(*)::text from lab.samples s where s.lab_id = old.lab_id and s.type_id = old.id and s.project_id = any (array(select private.my_projects())))]);
  end if;
  return new;
end $$;
grant execute on function private.keep_used_type() to member, migrator;

create or replace function private.type_is_used(lab uuid, sample_type_id uuid)
returns boolean
language sql stable security definer
set search_path = ''
as $$
  select exists (select from lab.samples s where s.lab_id = lab and s.type_id = sample_type_id)
$$;
grant execute on function private.type_is_used(uuid, uuid) to member, migrator;
