-- An approval is signed: asked for in the browser, proven on the gateway's page, once, by someone who recorded nothing of it.

insert into lab.sops (lab_id, code, title) select id, 'SIGN', 'To be signed' from lab.labs where code = 'DEMO';
insert into lab.sop_versions (lab_id, sop_id, number, status, tree)
select lab_id, id, 1, 'effective', '{"block": "sequence", "children": [
  {"block": "step", "key": "note", "title": "Note it", "kind": "manual", "role": "technician",
   "fields": [{"key": "words", "label": "Words", "type": "text", "required": true},
     {"key": "volume", "label": "Volume", "type": "number", "unit": "mL", "high": 1}, {"key": "lot", "label": "Lot", "type": "text"}]},
  {"block": "step", "key": "approve", "title": "Approve", "kind": "approval", "role": "reviewer"}]}'
from lab.sops where code = 'SIGN';

create function pg_temp.run_id(run_name text)
returns uuid language sql security definer as $$ select id from lab.sop_runs where name = run_name $$;
create function pg_temp.approval()
returns uuid language sql security definer as $$
  select w.id from lab.run_steps w join lab.sop_steps s on s.id = w.sop_step_id
  where w.sop_run_id = pg_temp.run_id('Sign me "now" <script>') and s.key = 'approve'
$$;
create function pg_temp.start(run_name text)
returns jsonb language sql as $$ select api_v1.start_run('SIGN', (select id from api_v1.projects where code = 'IMM'), run_name) $$;
create function pg_temp.note(run_name text, words text, more jsonb default '{}')
returns jsonb language sql as $$
  select api_v1.advance_run(pg_temp.run_id(run_name), 'note', jsonb_build_object('words', jsonb_build_object('value', words)) || more, gen_random_uuid(), '2026-01-02T03:04:05Z')
$$;
create function pg_temp.ask(run_name text, meaning text default 'approved', step text default 'approve')
returns uuid language sql as $$ select (api_v1.request_signature(pg_temp.run_id(run_name), step, meaning) ->> 'challenge_id')::uuid $$;
-- Something else happens first, behind everybody's back.
create function pg_temp.do_as_migrator(change text) returns void language plpgsql security definer as $$ begin execute change; end $$;
create function pg_temp.meanwhile(change text) returns text language sql as $$ select format('select pg_temp.do_as_migrator(%L); ', change) $$;
-- As the gateway: the role that has no rights but these.
create function pg_temp.as_gateway() returns void language plpgsql as $$ begin perform tap.as_migrator(); set local role authenticator; end $$;
create function pg_temp.sign(challenge text, login text default 'rhea')
returns text language sql as $$ select format('select private.redeem_signature(%L, %L)', current_setting('tap.' || challenge), login) $$;
grant execute on function pg_temp.run_id(text), pg_temp.approval(), pg_temp.start(text), pg_temp.note(text, text, jsonb), pg_temp.ask(text, text, text),
  pg_temp.do_as_migrator(text), pg_temp.meanwhile(text), pg_temp.as_gateway(), pg_temp.sign(text, text) to public;

insert into lab.people (lab_id, login, name) select id, 'vera', 'Vera' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
select p.lab_id, p.id, j.id, 'viewer' from lab.people p, lab.projects j where p.login = 'vera' and j.code = 'IMM';

-- Asking.
select tap.as_person('tess');
select pg_temp.start('Sign me "now" <script>') is not null, pg_temp.start('By an admin') is not null;
select tap.throws($$select api_v1.advance_run(pg_temp.run_id('By an admin'), 'approve', '{}', uuidv7())$$, 'PL003', 'a technician does not approve');
select tap.as_person('rhea');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>')$$, 'PL010', 'an approval that waits cannot be signed');
select tap.as_person('tess');
select pg_temp.note('Sign me "now" <script>', E'It''s fine 🧪\n2. Approve: by "Rhea"',
  '{"volume": {"value": 1.50, "unit": "mL"}, "lot": {"not_obtained": "torn"}}') is not null;
select tap.throws($$select pg_temp.ask('Sign me "now" <script>')$$, 'PL003', 'a technician asks for no signature');
select tap.as_person('sten');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>')$$, 'PL004', 'for a stranger the run does not exist');
select tap.as_anonymous();
select tap.throws($$select api_v1.request_signature(uuidv7(), 'approve', 'approved')$$, '42501', 'nobody signs nothing');
select tap.as_person('rhea', 'kernel');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>')$$, 'PL016', 'a notebook cannot sign');
select tap.as_person('rhea');
select tap.throws($$select api_v1.advance_run(pg_temp.run_id('Sign me "now" <script>'), 'approve', '{}', uuidv7())$$, 'PL034', 'an approval is not completed without a signature');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>', step => 'note')$$, 'PL003', 'a reviewer does not sign the technician''s step');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>', 'performed')$$, 'PL008', 'an approval cannot mean "performed"');
select tap.throws($$select pg_temp.ask('Sign me "now" <script>', null)$$, 'PL008', 'nor nothing');
select set_config('tap.first', pg_temp.ask('Sign me "now" <script>')::text, true) is not null,
  set_config('tap.second', pg_temp.ask('Sign me "now" <script>', 'reviewed')::text, true) is not null;
select tap.throws('select private.describe_challenge(uuidv7())', '42501', 'no member describes a challenge');
select tap.throws(pg_temp.sign('first'), '42501', 'nor redeems it');
select tap.throws('select from private.signature_challenges', '42501', 'nor reads the challenges');

-- Four eyes: a lab admin has every role, and still may not approve what she recorded.
select tap.as_person('ada');
select tap.throws($$select pg_temp.ask('By an admin', step => 'note')$$, 'PL035', 'a step that is no approval takes no signature');
select pg_temp.note('By an admin', 'by me') is not null;
select tap.throws($$select pg_temp.ask('By an admin')$$, 'PL036', 'who recorded a step does not approve it');
select tap.lives($$select pg_temp.ask('Sign me "now" <script>')$$, 'what someone else recorded, she may');

-- What the page shows is what is hashed.
select pg_temp.as_gateway();
select tap.same(format('%s|%s|%s|%s', login, printed_name, meaning, record), 'rhea|Rhea Castellan|approved|' || split_part(record, ' ', 1) || ' "Sign me "now" <script>", step "Approve"',
  'the page learns who signs what, and what it means') from private.describe_challenge(current_setting('tap.first')::uuid);
select tap.same(content_sha256, encode(sha256(convert_to(content, 'UTF8')), 'hex'), 'the hash is that of the text on the page') from private.describe_challenge(current_setting('tap.first')::uuid);
select tap.same(string_to_array(regexp_replace(content, 'W-\w+', 'W'), E'\n'), array[
    'Run W "Sign me \"now\" <script>" of SOP SIGN "To be signed", version 1.',
    '1. Note it: by "Tess Lindqvist" (tess), 2026-01-02 03:04:05 UTC.',
    '   Words: "It''s fine 🧪\n2. Approve: by \"Rhea\""',
    '   Volume: 1.50 mL',
    '   Lot: not obtained: "torn"',
    '   warning (out of range, open): "\"Volume\" was 1.50 mL; expected at most 1 mL."',
    '   note (not obtained, open): "\"Lot\" was not obtained: torn"'],
  'it tells what was recorded, by whom and when, with every deviation; typed text cannot pass for a line of its own')
from private.describe_challenge(current_setting('tap.first')::uuid);
select tap.ok(expires_at = now() + interval '5 minutes', 'a challenge lives five minutes') from private.describe_challenge(current_setting('tap.first')::uuid);

-- What is refused.
select tap.throws(pg_temp.sign('first', 'ada'), 'PL037', 'another person cannot redeem it');
select tap.throws('select private.redeem_signature(uuidv7(), $$rhea$$)', 'PL017', 'a challenge that never was cannot be redeemed');
select tap.throws('select * from private.describe_challenge(uuidv7())', 'PL017', 'nor shown');
select tap.throws('select from lab.signatures', '42501', 'the gateway itself reads no table');
select tap.throws(pg_temp.meanwhile($$update private.signature_challenges set expires_at = now()$$) || pg_temp.sign('first'),
  'PL017', 'an expired challenge cannot be redeemed');
select tap.throws(pg_temp.meanwhile($$update lab.people set active = false where login = 'rhea'$$) || pg_temp.sign('first'),
  'PL002', 'nor by someone deactivated in the meantime');
select tap.throws(pg_temp.meanwhile($$update lab.memberships set role = 'viewer' where person_id = (select id from lab.people where login = 'rhea')$$) || pg_temp.sign('first'),
  'PL003', 'nor by someone who lost the role');
select tap.throws(pg_temp.meanwhile($$update lab.sop_runs set name = 'Another name' where name like 'Sign me%'$$) || pg_temp.sign('first'),
  'PL018', 'nor for a text that changed');
select tap.throws(pg_temp.meanwhile($$update lab.step_records set created_by = (select id from lab.people where login = 'rhea')$$) || pg_temp.sign('first'),
  'PL036', 'nor by who recorded it, even so late');
select tap.as_migrator();
select tap.same(tap.count('select from lab.signatures where record_id = ' || quote_literal(pg_temp.approval())), 0::bigint, 'and nothing is signed');

-- Signed, once.
select pg_temp.as_gateway();
select tap.same(private.redeem_signature(current_setting('tap.first')::uuid, 'rhea') -> 'run' ->> 'status', 'completed', 'the signature completes the approval, and the run');
select tap.throws(pg_temp.sign('first'), 'PL017', 'a challenge is redeemed once');
select tap.throws(pg_temp.sign('second'), 'PL015', 'another challenge for the same step comes too late');
select tap.as_person('vera');
select tap.same((select format('%s %s %s', printed_name, meaning, content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')) from api_v1.signatures
  where record_id = pg_temp.approval()),
  'Rhea Castellan approved t', 'the signature names the signer and the meaning, and keeps the text with its hash');
select tap.same((select recorded_by_name from api_v1.run_steps where sop_run_id = pg_temp.run_id('Sign me "now" <script>') and key = 'approve'),
  'Rhea Castellan', 'the approval is recorded as hers');
select tap.throws('update lab.signatures set meaning = $$witnessed$$', '42501', 'no member changes a signature');
select tap.as_person('sten');
select tap.same(tap.count('select from api_v1.signatures'), 0::bigint, 'a stranger sees none');
select tap.as_migrator();
select tap.same((select format('%s %s', p.login, s.created_by = s.person_id) from lab.signatures s join lab.people p on p.id = s.person_id
  where s.record_id = pg_temp.approval()), 'rhea t', 'the row was created by its signer');
select tap.same((select string_agg(distinct p.login, ',') from audit.events e join lab.people p on p.id = e.person_id where e.table_name = 'signatures' and e.xid = pg_current_xact_id()),
  'rhea', 'and so says the log');
select tap.throws($$insert into lab.signatures (lab_id, project_id, person_id, printed_name, meaning, table_name, record_id, content, content_sha256)
  select lab_id, project_id, person_id, printed_name, meaning, table_name, record_id, content || ' ', content_sha256 from lab.signatures where record_id = pg_temp.approval()$$,
  '23514', 'a signature whose hash is not that of its text cannot stand');
