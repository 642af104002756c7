-- owner: law
-- A plate reader's export is looked at first, then committed to a plate: wholly or not at all, and once.

create or replace function api_v1.preview_plate_file(plate_id uuid, content text, decimal_sign text default '.')
returns jsonb
language plpgsql stable security definer
set search_path = ''
as $$
declare
  plate constant lab.plates := private.demand_visible_plate(plate_id);
  answer jsonb;
begin
  perform private.demand_export(content, decimal_sign);
  select jsonb_build_object(
    'ok', count(w.row_problem) + count(w.well_problem) = 0,
    'rows', plate.row_count,
    'columns', plate.column_count,
    'wells', jsonb_agg(jsonb_build_object('well', w.well, 'reported', w.reported, 'value', w.value, 'qualifier', w.qualifier,
      'problem', coalesce(w.row_problem, w.well_problem)) order by w.well),
    'problems', to_jsonb(array_agg(distinct w.row_problem) filter (where w.row_problem is not null)
      || array_agg(format('%s: %s.', w.well, w.well_problem) order by w.well) filter (where w.well_problem is not null)),
    'already_committed', exists (
      select from lab.plate_files f
      where f.lab_id = plate.lab_id and f.plate_id = plate.id and f.content_sha256 = private.hash_text(preview_plate_file.content)))
  into answer
  from private.read_plate(content, plate.row_count, plate.column_count, decimal_sign) w;
  return answer || jsonb_build_object('problems', coalesce(nullif(answer -> 'problems', 'null'), '[]'));
end $$;
comment on function api_v1.preview_plate_file(uuid, text, text) is
$$What a plate reader's export would put into each well, and what is wrong with it, in words.

8 × 12 or 16 × 24 wells, with commas, semicolons or tabs between them, with or without column numbers and row letters.
decimal_sign: "." or ","; a number written with the other one is asked about.$$;
grant execute on function api_v1.preview_plate_file(uuid, text, text) to member;

create or replace function api_v1.commit_plate_file(
  plate_id uuid, content text, measurand text, file_id uuid default null, decimal_sign text default '.')
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  plate constant lab.plates := private.demand_visible_plate(plate_id);
  committed integer;
begin
  perform private.demand_project_role(plate.project_id, '{technician,analyst}');
  perform private.demand_measurand(plate.lab_id, measurand);
  perform private.demand_verified_file(plate.lab_id, file_id) where file_id is not null;
  perform private.demand_export(content, decimal_sign);
  perform private.demand_readable_plate(plate, content, decimal_sign);
  perform private.keep_export(plate, content, measurand, file_id);

  insert into lab.measurements (lab_id, project_id, experiment_id, plate_id, well, measurand, unit, value, reported, qualifier,
    file_id, synthetic)
  select plate.lab_id, plate.project_id, plate.experiment_id, plate.id, w.well, m.code, m.unit, w.value, w.reported, w.qualifier,
    commit_plate_file.file_id, e.synthetic
  from private.read_plate(content, plate.row_count, plate.column_count, decimal_sign) w
  join lab.measurands m on m.lab_id = plate.lab_id and m.code = commit_plate_file.measurand
  join lab.experiments e on e.lab_id = plate.lab_id and e.id = plate.experiment_id;
  get diagnostics committed = row_count;
  return jsonb_build_object('committed', committed);
end $$;
comment on function api_v1.commit_plate_file(uuid, text, text, uuid, text) is
  'Writes an export to a plate as measurements of a measurand, in the measurand''s unit: every well or none, and the same export once.';
grant execute on function api_v1.commit_plate_file(uuid, text, text, uuid, text) to member;

create or replace function private.demand_visible_plate(plate_id uuid)
returns lab.plates
language plpgsql stable
set search_path = ''
as $$
declare
  plate lab.plates;
begin
  select p.* into plate
  from lab.plates p
  where p.id = plate_id and private.may_see('plates', p.id);
  if not found then
    perform private.refuse('PL004', array['plate', plate_id::text]);
  end if;
  return plate;
end $$;

create or replace function private.demand_measurand(lab uuid, measurand text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from lab.measurands m where m.lab_id = lab and m.code = measurand) then
    perform private.refuse('PL004', array['measurand', measurand]);
  end if;
end $$;

create or replace function private.demand_verified_file(lab uuid, file_id uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (
    select from lab.files f
    where f.lab_id = lab and f.id = file_id and f.status = 'verified' and private.may_see('files', f.id))
  then
    perform private.refuse('PL004', array['verified file', file_id::text]);
  end if;
end $$;

-- An export of 384 wells is a few kilobytes.
create or replace function private.demand_export(content text, decimal_sign text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if content is null or length(content) > 100000 then
    perform private.refuse('PL008', array['This is not the export of one plate.'], array['Give its text: at most 100000 characters.']);
  elsif coalesce(decimal_sign, '') not in ('.', ',') then
    perform private.refuse('PL008', array[format('Unknown decimal sign "%s".', decimal_sign)], array['Expected . or ,']);
  end if;
end $$;

create or replace function private.demand_readable_plate(plate lab.plates, content text, decimal_sign text)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.refuse('PL019', array[count(*)::text], details => jsonb_agg(
    jsonb_build_object('well', w.well, 'reported', w.reported, 'problem', coalesce(w.row_problem, w.well_problem)) order by w.well))
  from private.read_plate(content, plate.row_count, plate.column_count, decimal_sign) w
  where num_nonnulls(w.row_problem, w.well_problem) > 0
  having count(*) > 0;
end $$;

create or replace function private.keep_export(plate lab.plates, content text, measurand text, file_id uuid)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into lab.plate_files (lab_id, project_id, plate_id, measurand, content, content_sha256, file_id)
  values (plate.lab_id, plate.project_id, plate.id, measurand, content, private.hash_text(content), file_id)
  on conflict on constraint same_content_once do nothing;
  if not found then
    perform private.refuse('PL020');
  end if;
end $$;
