-- owner: law
-- Instruments: found, judged, and said to be taken without saying by which work.

create or replace function private.demand_instrument(instrument_id uuid)
returns lab.instruments
language plpgsql stable
set search_path = ''
as $$
declare
  instrument lab.instruments;
begin
  select i.* into instrument
  from lab.instruments i
  where i.id = instrument_id and i.lab_id = any (array(select private.my_labs()));
  if not found then
    perform private.refuse('PL004', array['instrument', instrument_id::text]);
  end if;
  return instrument;
end $$;

-- What is to be said of using it at a time, by what was known to hold then: a calibration that failed ends what an earlier one promised.
create or replace function private.flag_of_use(instrument lab.instruments, at timestamptz)
returns text
language sql stable
set search_path = ''
as $$
  select case
    when (select h.status from history.instruments h where h.id = instrument.id and h.updated_at <= at order by h.version desc limit 1) <> 'in service'
      then 'out of service'
    when instrument.calibration_days is null then null
    when last.outcome is null and (select h.calibration_due_on from history.instruments h where h.id = instrument.id and h.version = 1) >= (at at time zone 'UTC')::date
      then null -- as it was registered
    when last.outcome is null or last.outcome = 'failed' or last.holds_until < (at at time zone 'UTC')::date then 'calibration overdue'
  end
  from (values (1)) one
  left join lateral (
    select c.outcome, c.holds_until
    from lab.calibrations c
    where c.lab_id = instrument.lab_id and c.instrument_id = instrument.id and c.calibrated_at <= at
    order by c.calibrated_at desc, c.id desc
    limit 1) last on true
$$;

create or replace function private.is_overdue(calibration_days integer, calibration_due_on date)
returns boolean
language sql stable
set search_path = ''
as $$
  select calibration_days is not null and coalesce(calibration_due_on < current_date, true)
$$;
grant execute on function private.is_overdue(integer, date) to member, migrator;

-- The named exception: who may use an instrument learns that it is taken, when, and whom to ask. Nothing else.
create or replace function private.refuse_taken(instrument lab.instruments, wanted_from timestamptz, wanted_until timestamptz)
returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform private.refuse('PL171', array[instrument.name, private.utc(b.starts_at), private.utc(b.ends_at)], array[p.name],
    jsonb_build_object('instrument_id', instrument.id, 'starts_at', b.starts_at, 'ends_at', b.ends_at, 'ask', p.name))
  from lab.instrument_bookings b
  join lab.people p on p.lab_id = b.lab_id and p.id = b.person_id
  where b.lab_id = instrument.lab_id and b.instrument_id = instrument.id and b.status = 'booked'
    and b.starts_at < wanted_until and b.ends_at > wanted_from
  order by b.starts_at
  limit 1;
end $$;
