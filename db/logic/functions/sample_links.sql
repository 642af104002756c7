-- Links from fields to records, as whoever writes sees them: what one may not see is not found, in the same words as what does not exist.

create or replace function private.resolve_links(lab uuid, links jsonb)
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  link record;
  found_id uuid;
  answer jsonb := '{}';
begin
  for link in select l.key, l.value ->> 'to' as target, l.value ->> 'given' as given from jsonb_each(links) l loop
    found_id := private.find_link(lab, link.target, link.given);
    if found_id is null then
      perform private.refuse('PL004', array[link.target, left(link.given, 100)], details => jsonb_build_object('field', link.key));
    end if;
    answer := answer || jsonb_build_object(link.key, found_id);
  end loop;
  return answer;
end $$;
grant execute on function private.resolve_links(uuid, jsonb) to member, law, migrator;

-- By id or code. A function of law's sees all, so it is asked for the writer's projects.
create or replace function private.find_link(lab uuid, target text, given text)
returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  given_id constant uuid := case when pg_input_is_valid(given, 'uuid') then given end;
  given_code constant text := upper(btrim(given));
  found record;
begin
  case target
    when 'sample' then select r.id, r.project_id into found from lab.samples r where r.lab_id = lab and (r.id = given_id or r.code = given_code);
    when 'experiment' then select r.id, r.project_id into found from lab.experiments r where r.lab_id = lab and (r.id = given_id or r.code = given_code);
    when 'plate' then select r.id, r.project_id into found from lab.plates r where r.lab_id = lab and (r.id = given_id or r.code = given_code);
    when 'sop_run' then select r.id, r.project_id into found from lab.sop_runs r where r.lab_id = lab and (r.id = given_id or r.code = given_code);
    when 'result' then select r.id, r.project_id into found from lab.results r where r.lab_id = lab and (r.id = given_id or r.code = given_code);
    when 'file' then select r.id, r.project_id into found from lab.files r where r.lab_id = lab and r.id = given_id and r.status = 'verified';
  end case;
  if current_user = 'law' and private.me() is not null and not found.project_id = any (array(select private.my_projects())) then
    return null;
  end if;
  return found.id;
end $$;
grant execute on function private.find_link(uuid, text, text) to member, law, migrator;
