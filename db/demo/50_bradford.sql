-- Bradford protein assay as a procedure. Source of the method: Bradford, M.M. (1976), Analytical Biochemistry 72, 248-254,
-- doi:10.1016/0003-2697(76)90527-3: 0.1 mL of sample, 5 mL of dye reagent, absorbance at 595 nm read from 2 minutes to 1 hour after
-- mixing, against a blank of buffer and reagent. The limits of volume and absorbance are the demo lab's own.

insert into lab.sops (lab_id, code, title)
select l.id, 'BRADFORD', 'Bradford protein assay' from lab.labs l where l.code = 'DEMO';

insert into lab.sop_versions (lab_id, sop_id, number, status, tree)
select s.lab_id, s.id, 1, 'effective', $tree${
  "block": "sequence", "children": [
    {"block": "step", "key": "identify", "kind": "manual", "role": "technician",
     "title": "Identify the sample and the reagent",
     "instructions": "Scan the sample. Note the lot of the dye reagent from its bottle.",
     "fields": [
       {"key": "sample", "label": "Sample", "type": "sample", "required": true},
       {"key": "reagent_lot", "label": "Lot of the dye reagent", "type": "text", "required": true}]},
    {"block": "parallel", "children": [
      {"block": "step", "key": "dye_sample", "kind": "manual", "role": "technician",
       "title": "Add dye to the sample",
       "instructions": "Put 0.1 mL of the sample into a tube. Add 5 mL of dye reagent and mix.",
       "fields": [
         {"key": "dye_volume", "label": "Volume of dye reagent", "type": "number", "unit": "mL", "required": true, "low": 4.9, "high": 5.1}]},
      {"block": "step", "key": "dye_blank", "kind": "manual", "role": "technician",
       "title": "Add dye to the blank",
       "instructions": "Put 0.1 mL of the sample's buffer into a tube. Add 5 mL of dye reagent and mix.",
       "fields": [
         {"key": "dye_volume", "label": "Volume of dye reagent", "type": "number", "unit": "mL", "required": true, "low": 4.9, "high": 5.1}]}]},
    {"block": "step", "key": "incubate", "kind": "manual", "role": "technician",
     "title": "Let the colour develop",
     "instructions": "Wait at least 2 minutes. Read within one hour of mixing.",
     "fields": [
       {"key": "incubation_time", "label": "Incubation time", "type": "number", "unit": "min", "required": true, "low": 2, "high": 60}]},
    {"block": "step", "key": "read", "kind": "measurement", "role": "technician",
     "title": "Read the absorbance",
     "instructions": "Zero the photometer on the blank. Read the sample at 595 nm.",
     "fields": [
       {"key": "absorbance", "label": "Absorbance at 595 nm", "type": "number", "unit": "1", "required": true, "low": 0, "high": 1.5},
       {"key": "colour", "label": "Colour of the tube", "type": "choice", "choices": ["brown", "blue"]},
       {"key": "note", "label": "Note", "type": "text"}]},
    {"block": "step", "key": "approve", "kind": "approval", "role": "reviewer",
     "title": "Approve the run",
     "instructions": "Read what was recorded and every deviation, then sign."}]}$tree$
from lab.sops s join lab.labs l on l.id = s.lab_id
where l.code = 'DEMO' and s.code = 'BRADFORD';

insert into lab.samples (lab_id, project_id, name, sample_type, description, synthetic)
select p.lab_id, p.id, v.name, 'protein solution', 'Made up for the demonstration of a procedure.', true
from lab.projects p, (values ('Lysate 1'), ('Lysate 2')) v (name)
where p.code = 'IMM';

-- The runs are tess's own: started and moved on as she would, through the API. Their values are made up.
select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'tess';
set local role member;

select api_v1.start_run('BRADFORD', p.id, 'Bradford run 1', array(select s.id from api_v1.samples s where s.name = 'Lysate 1'))
from api_v1.projects p where p.code = 'IMM';
select api_v1.start_run('BRADFORD', p.id, 'Bradford run 2 (synthetic)', array(select s.id from api_v1.samples s where s.name = 'Lysate 2'))
from api_v1.projects p where p.code = 'IMM';

do $$
declare
  run uuid := (select r.id from api_v1.sop_runs r where r.name = 'Bradford run 2 (synthetic)');
  sample text := (select s.code from api_v1.samples s where s.name = 'Lysate 2');
  act record;
begin
  for act in
    select * from (values
      ('identify', jsonb_build_object('sample', jsonb_build_object('value', sample), 'reagent_lot', '{"value": "SYN-001"}'::jsonb)),
      ('dye_sample', '{"dye_volume": {"value": 5.00, "unit": "mL", "reported": "5.00"}}'),
      ('dye_blank', '{"dye_volume": {"value": 5.00, "unit": "mL", "reported": "5.00"}}'),
      ('incubate', '{"incubation_time": {"value": 75, "unit": "min"}}')) v (step, fields)
  loop
    perform api_v1.advance_run(run, act.step, act.fields, gen_random_uuid());
  end loop;
end $$;

reset role;
select set_config('request.jwt.claims', '', true);
