-- owner: law
-- A notebook analysis, its inputs and its results are registered whole or not at all, and once per key.

create or replace function api_v1.register_analysis(analysis jsonb)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  experiment lab.experiments;
  made lab.analyses;
begin
  select e.* into experiment
  from lab.experiments e
  where e.id = (analysis ->> 'experiment_id')::uuid and private.may_see('experiments', e.id);
  if not found then
    perform private.refuse('PL004', array['experiment', analysis ->> 'experiment_id']);
  end if;
  perform private.demand_project_role(experiment.project_id, '{analyst}');

  insert into lab.analyses (lab_id, project_id, experiment_id, title, notebook, source_sha256, environment, started_at, finished_at, request_key)
  select experiment.lab_id, experiment.project_id, experiment.id, a.title, a.notebook, a.source_sha256,
    coalesce(a.environment, '{}'), a.started_at, a.finished_at, a.key
  from jsonb_to_record(analysis) a (title text, notebook text, source_sha256 text, environment jsonb,
    started_at timestamptz, finished_at timestamptz, key uuid)
  on conflict on constraint analyses_request_key do nothing
  returning * into made;

  if made.id is null then
    return private.describe_registered_analysis(experiment.lab_id, (analysis ->> 'key')::uuid, analysis ->> 'source_sha256');
  end if;
  perform private.register_inputs(made, coalesce(analysis -> 'inputs', '[]'));
  perform private.register_result(made, r.result) from jsonb_array_elements(coalesce(analysis -> 'results', '[]')) r (result);
  return private.describe_analysis(made);
end $$;
comment on function api_v1.register_analysis(jsonb) is
  'Registers a notebook analysis with its inputs and results; sending the same key again returns what was registered.';
grant execute on function api_v1.register_analysis(jsonb) to member;

create or replace function private.register_inputs(made lab.analyses, inputs jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  input jsonb;
  sample uuid;
begin
  for input in select * from jsonb_array_elements(inputs) loop
    insert into lab.analysis_inputs (lab_id, project_id, analysis_id, query, row_count, sha256, position)
    values (made.lab_id, made.project_id, made.id, input -> 'query', (input ->> 'row_count')::bigint, input ->> 'sha256',
      (input ->> 'position')::bigint);
    for sample in select distinct value::uuid from jsonb_array_elements_text(coalesce(input -> 'sample_ids', '[]')) loop
      perform private.demand_visible_sample(sample);
      insert into lab.analysis_samples (lab_id, project_id, analysis_id, sample_id)
      values (made.lab_id, made.project_id, made.id, sample)
      on conflict do nothing;
    end loop;
  end loop;
end $$;

create or replace function private.demand_visible_sample(sample uuid)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not private.may_see('samples', sample) then
    perform private.refuse('PL004', array['sample', sample::text]);
  end if;
end $$;

create or replace function private.register_result(made lab.analyses, result jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  result_id uuid;
begin
  if result ->> 'sample_id' is not null then
    perform private.demand_visible_sample((result ->> 'sample_id')::uuid);
  end if;
  if result ->> 'file_id' is not null and not exists (
    select from lab.files f
    where f.id = (result ->> 'file_id')::uuid and f.status = 'verified' and private.may_see('files', f.id))
  then
    perform private.refuse('PL004', array['verified file', result ->> 'file_id']);
  end if;

  insert into lab.results (lab_id, project_id, experiment_id, analysis_id, sample_id, file_id, name, plot)
  values (made.lab_id, made.project_id, made.experiment_id, made.id, (result ->> 'sample_id')::uuid, (result ->> 'file_id')::uuid,
    result ->> 'name', result -> 'plot')
  returning id into result_id;

  insert into lab.result_values (lab_id, project_id, result_id, measurand, value, standard_error, unit)
  select made.lab_id, made.project_id, result_id, v.measurand, v.value, v.standard_error, v.unit
  from jsonb_to_recordset(coalesce(result -> 'values', '[]')) v (measurand text, value float8, standard_error float8, unit text);
end $$;

create or replace function private.describe_analysis(made lab.analyses)
returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object('analysis_id', made.id, 'code', made.code, 'results',
    (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'code', r.code, 'name', r.name) order by r.id), '[]')
     from lab.results r where r.analysis_id = made.id))
$$;

create or replace function private.describe_registered_analysis(lab uuid, key uuid, source_sha256 text)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  made lab.analyses;
begin
  select a.* into strict made from lab.analyses a where a.lab_id = lab and a.request_key = key;
  if made.source_sha256 <> describe_registered_analysis.source_sha256 or made.created_by is distinct from private.me() then
    perform private.refuse('PL009');
  end if;
  return private.describe_analysis(made);
end $$;
