-- owner: law
-- A shipment is announced with the sender's list, received against it, and closed.

create or replace function api_v1.announce_shipment(
  project_id uuid, sender text, items jsonb, act_key uuid, reference text default null, expected_on date default null, name text default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  project constant lab.projects := private.demand_visible_project(project_id);
  answer jsonb;
  shipment lab.shipments;
begin
  perform private.demand_project_role(project.id, '{technician,analyst}');
  perform private.demand_list(items);
  answer := private.begin_act(project.lab_id, act_key, 'announce_shipment',
    jsonb_build_array(project_id, sender, items, reference, expected_on, name));
  if answer is not null then
    return answer;
  elsif coalesce(btrim(sender), '') = '' then
    perform private.refuse('PL008', array['A shipment needs a sender.'], array['Say who sends it.']);
  end if;
  perform private.refuse_items(
    (select coalesce(jsonb_agg(jsonb_build_object('item', r.ordinal, 'code', r.code, 'problem', r.problem) order by r.ordinal), '[]')
     from private.read_announced(project.lab_id, items) r where r.problem is not null),
    jsonb_array_length(items));
  shipment := private.make_shipment(project, btrim(sender), nullif(btrim(reference), ''), expected_on, nullif(btrim(name), ''));

  insert into lab.shipment_items (lab_id, project_id, shipment_id, ordinal, sender_code, name, sample_type, description, amount, amount_unit, expected)
  select shipment.lab_id, shipment.project_id, shipment.id, r.ordinal, r.code, r.name, r.sample_type, r.description, r.amount, r.unit, true
  from private.read_announced(project.lab_id, items) r
  order by r.ordinal;
  return private.end_act(project.lab_id, act_key, private.describe_shipment(shipment.id));
end $$;
comment on function api_v1.announce_shipment(uuid, text, jsonb, uuid, text, date, text) is
$$Announces a shipment to a project with the sender's list: wholly or not at all, and once per act_key.

items: [{"code": "T-01", "sample_type": "plasma", "name": "Donor 1", "description": "", "amount": 0.5, "unit": "mL"}]; code and sample_type are
required. reference: the sender's own number; the same number of one sender is announced once. expected_on: the day it is expected.$$;
grant execute on function api_v1.announce_shipment(uuid, text, jsonb, uuid, text, date, text) to member;

create or replace function private.make_shipment(project lab.projects, sender text, reference text, expected_on date, name text)
returns lab.shipments
language plpgsql volatile
set search_path = ''
as $$
declare
  shipment lab.shipments;
begin
  insert into lab.shipments (lab_id, project_id, name, sender, reference, expected_on)
  values (project.lab_id, project.id, coalesce(name, concat_ws(' ', sender, reference)), sender, reference, expected_on)
  on conflict on constraint same_shipment_once do nothing
  returning * into shipment;
  if not found then
    perform private.refuse('PL164', array[reference, sender]);
  end if;
  return shipment;
end $$;

create or replace function api_v1.receive_items(shipment_id uuid, items jsonb, act_key uuid, received_at timestamptz default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  shipment constant lab.shipments := private.lock_shipment(shipment_id, '{technician,analyst}');
  at constant timestamptz := coalesce(received_at, clock_timestamp());
  answer jsonb;
  said jsonb;
begin
  perform private.demand_list(items);
  answer := private.begin_act(shipment.lab_id, act_key, 'receive_items', jsonb_build_array(shipment_id, items, received_at at time zone 'UTC'));
  if answer is not null then
    return answer;
  end if;
  perform private.demand_open_shipment(shipment);
  perform private.demand_past(received_at);
  select jsonb_agg(to_jsonb(r) order by r.ordinal) into said from private.read_received(shipment, items) r;
  perform private.refuse_items(
    (select coalesce(jsonb_agg(jsonb_build_object('item', r -> 'ordinal', 'code', r -> 'code', 'problem', r -> 'problem')), '[]')
     from jsonb_array_elements(said) r where r ->> 'problem' is not null),
    jsonb_array_length(items));

  said := private.add_unexpected(shipment, said);
  perform private.record_items(shipment, jsonb_path_query_array(said, '$[*] ? (@.outcome != "missing")'), at);
  update lab.shipment_items i set outcome = 'missing', received_at = at, received_by = private.me()
  from jsonb_to_recordset(said) r (item_id uuid, outcome text)
  where i.lab_id = shipment.lab_id and i.id = r.item_id and r.outcome = 'missing' and i.outcome <> 'missing';
  update lab.shipments s set status = 'arrived', arrived_at = coalesce(s.arrived_at, at)
  where s.lab_id = shipment.lab_id and s.id = shipment.id and s.status = 'announced';
  return private.end_act(shipment.lab_id, act_key, private.describe_receipt(shipment, said));
end $$;
comment on function api_v1.receive_items(uuid, jsonb, uuid, timestamptz) is
$$Receives items of a shipment against its list: wholly or not at all, and once per act_key. Each received item becomes a sample.

items: [{"code": "T-01", "outcome": "received", "condition": "good"}, {"code": "T-02", "outcome": "missing"}, {"code": "X-1", "outcome":
"unexpected", "condition": "thawed", "condition_note": "…", "sample_type": "plasma", "amount": 0.5, "unit": "mL"}]; item_id may stand for code.
outcome: received, missing or unexpected. condition: good, thawed, warm, leaking, broken, empty, unlabelled or other (with condition_note).
A missing item may still be received until the shipment is closed. received_at: when it came; now, if left out.$$;
grant execute on function api_v1.receive_items(uuid, jsonb, uuid, timestamptz) to member;

-- Puts what came along on the list, and gives what was said with the ids of all items.
create or replace function private.add_unexpected(shipment lab.shipments, said jsonb)
returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  last constant integer := (select max(i.ordinal) from lab.shipment_items i where i.lab_id = shipment.lab_id and i.shipment_id = shipment.id);
begin
  insert into lab.shipment_items (lab_id, project_id, shipment_id, ordinal, sender_code, name, sample_type, description, expected)
  select shipment.lab_id, shipment.project_id, shipment.id, last + row_number() over (order by r.ordinal), r.code, r.name, r.sample_type, r.description, false
  from jsonb_to_recordset(said) r (ordinal integer, code text, outcome text, name text, sample_type text, description text)
  where r.outcome = 'unexpected';

  return (
    select jsonb_agg(r.item || jsonb_build_object('item_id', i.id) order by r.n)
    from jsonb_array_elements(said) with ordinality r (item, n)
    join lab.shipment_items i on i.lab_id = shipment.lab_id and i.shipment_id = shipment.id and i.sender_code = r.item ->> 'code');
end $$;

-- Where the shipment stands, and which sample each item became.
create or replace function private.describe_receipt(shipment lab.shipments, said jsonb)
returns jsonb
language sql stable
set search_path = ''
as $$
  select private.describe_shipment(shipment.id) || jsonb_build_object('items', jsonb_agg(jsonb_build_object(
    'item_id', i.id, 'code', i.sender_code, 'outcome', i.outcome, 'condition', i.condition,
    'sample_id', s.id, 'sample', s.code) order by i.ordinal))
  from jsonb_to_recordset(said) r (item_id uuid)
  join lab.shipment_items i on i.lab_id = shipment.lab_id and i.id = r.item_id
  left join lab.samples s on s.lab_id = i.lab_id and s.id = i.sample_id
$$;

create or replace function api_v1.close_shipment(shipment_id uuid, act_key uuid, reason text default null)
returns jsonb
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  shipment constant lab.shipments := private.lock_shipment(shipment_id, '{technician,analyst}');
  stand constant jsonb := private.describe_shipment(shipment.id);
  answer constant jsonb := private.begin_act(shipment.lab_id, act_key, 'close_shipment', jsonb_build_array(shipment_id, reason));
begin
  if answer is not null then
    return answer;
  end if;
  perform private.demand_open_shipment(shipment);
  if (stand ->> 'awaited')::integer > 0 then
    perform private.refuse('PL162', array[shipment.code, stand ->> 'awaited']);
  elsif (stand ->> 'differing')::integer > 0 and coalesce(btrim(reason), '') = '' then
    perform private.refuse('PL163', array[shipment.code, stand ->> 'differing']);
  end if;
  update lab.shipments s
  set status = 'closed', closed_at = clock_timestamp(), closed_by = private.me(), closing_reason = nullif(btrim(reason), '')
  where s.lab_id = shipment.lab_id and s.id = shipment.id;
  return private.end_act(shipment.lab_id, act_key, private.describe_shipment(shipment.id));
end $$;
comment on function api_v1.close_shipment(uuid, uuid, text) is
  'Closes a shipment of which every item was received or found missing; where anything differs from the list, with a reason: what was done about it.';
grant execute on function api_v1.close_shipment(uuid, uuid, text) to member;
