-- What a material that is made as a lot gets beyond other materials. Runs as whoever asks.

create or replace function private.register_lot(project lab.projects, material jsonb)
returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if coalesce(material ->> 'kind', '') <> 'lot' then
    return;
  end if;
  perform private.demand_lot(project, material);
  insert into lab.lots (lab_id, project_id, material_id, supplier, catalogue_number, lot_number, certificate_file_id, status,
    expires_on, in_use_days, expiry_reason, low_amount)
  select project.lab_id, project.id, m.id, nullif(btrim(m.supplier), ''), nullif(btrim(m.catalogue_number), ''), nullif(btrim(m.lot_number), ''),
    m.certificate_file_id, coalesce(m.lot_status, 'quarantine'), m.expires_on, m.in_use_days, nullif(btrim(m.expiry_reason), ''), m.low_amount
  from jsonb_to_record(material) m (id uuid, supplier text, catalogue_number text, lot_number text, certificate_file_id uuid, lot_status text,
    expires_on date, in_use_days integer, expiry_reason text, low_amount float8);
end $$;
grant execute on function private.register_lot(lab.projects, jsonb) to member;

create or replace function private.demand_lot(project lab.projects, material jsonb)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if coalesce(material ->> 'lot_status', 'quarantine') not in ('quarantine', 'released', 'blocked') then
    perform private.refuse('PL008', array[format('A lot is not "%s".', material ->> 'lot_status')], array['Expected one of: quarantine, released, blocked.']);
  elsif not pg_input_is_valid(coalesce(material ->> 'expires_on', '2000-01-01'), 'date') or material ->> 'expires_on' !~ '^\d{4}-\d\d-\d\d$' then
    perform private.refuse('PL008', array[format('"%s" is no day.', material ->> 'expires_on')], array['Write it as 2027-03-31.']);
  elsif material ->> 'in_use_days' !~ '^\d{1,5}$' then
    perform private.refuse('PL008', array[format('"%s" is no number of days.', material ->> 'in_use_days')], array['Give whole days after opening.']);
  elsif material ? 'certificate_file_id' and not exists (
    select from lab.files f where f.lab_id = project.lab_id and f.id = private.read_uuid(material ->> 'certificate_file_id'))
  then
    perform private.refuse('PL004', array['file', material ->> 'certificate_file_id']);
  end if;
end $$;
grant execute on function private.demand_lot(lab.projects, jsonb) to member;

-- Parts of a lot are of the same batch, with its certificate, status and expiry.
create or replace function private.copy_lot(parent lab.samples, made jsonb)
returns void
language sql volatile
set search_path = ''
as $$
  insert into lab.lots (lab_id, project_id, material_id, supplier, catalogue_number, lot_number, certificate_file_id, status, opened_on,
    expires_on, in_use_days, expiry_reason)
  select l.lab_id, l.project_id, m.id, l.supplier, l.catalogue_number, l.lot_number, l.certificate_file_id, l.status, l.opened_on,
    l.expires_on, l.in_use_days, l.expiry_reason
  from lab.lots l
  cross join jsonb_to_recordset(made) m (n integer, id uuid, kind text)
  where l.lab_id = parent.lab_id and l.material_id = parent.id and m.kind = 'lot'
  order by m.n
$$;
grant execute on function private.copy_lot(lab.samples, jsonb) to member;
