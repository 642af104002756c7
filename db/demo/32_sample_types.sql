-- Sample types of the demo lab, defined by ada, and a few samples of each. The samples are synthetic, and marked so.

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'ada';
set local role member;

select api_v1.make_sample_type_effective(api_v1.define_sample_type('plasmid prep', $fields$[
  {"key": "concentration", "label": "Concentration", "type": "number", "unit": "ng/uL", "low": 0, "high": 5000, "required": true},
  {"key": "volume", "label": "Volume", "type": "number", "unit": "uL", "low": 0},
  {"key": "mass", "label": "Mass of DNA", "type": "number", "unit": "ng", "computed": {"*": [{"field": "concentration"}, {"field": "volume"}]}},
  {"key": "a260_a280", "label": "A260/A280", "type": "number", "unit": "1", "low": 0, "high": 4, "help": "About 1.8 for pure DNA."},
  {"key": "resistance", "label": "Resistance", "type": "choice", "choices": ["ampicillin", "kanamycin", "none"], "default": "ampicillin"},
  {"key": "prepared_on", "label": "Prepared on", "type": "date"},
  {"key": "sequenced", "label": "Sequenced", "type": "boolean"},
  {"key": "sequenced_on", "label": "Sequenced on", "type": "date", "required": true, "condition": {"=": [{"field": "sequenced"}, true]}},
  {"key": "parent", "label": "Parent plasmid", "type": "link", "link_to": "sample"}]$fields$, 'Purified plasmid DNA.'));

select api_v1.make_sample_type_effective(api_v1.define_sample_type('enzyme preparation', $fields$[
  {"key": "activity", "label": "Activity", "type": "number", "unit": "U/mL", "low": 0},
  {"key": "protein", "label": "Protein", "type": "number", "unit": "mg/mL", "low": 0, "high": 300},
  {"key": "specific_activity", "label": "Specific activity", "type": "number", "unit": "U/mg",
   "computed": {"/": [{"field": "activity"}, {"field": "protein"}]}},
  {"key": "buffer", "label": "Storage buffer", "type": "text"},
  {"key": "glycerol", "label": "Glycerol", "type": "number", "unit": "%", "low": 0, "high": 100}]$fields$, 'Enzyme, purified or as a lysate.'));

select api_v1.make_sample_type_effective(api_v1.define_sample_type('ELISA serum', $fields$[
  {"key": "species", "label": "Species", "type": "choice", "choices": ["rat", "mouse", "human", "other"], "required": true},
  {"key": "species_name", "label": "Which species", "type": "text", "required": true, "condition": {"=": [{"field": "species"}, "other"]}},
  {"key": "collected_on", "label": "Collected on", "type": "date"},
  {"key": "haemolysed", "label": "Haemolysed", "type": "boolean", "default": false},
  {"key": "dnase", "label": "DNase", "type": "number", "unit": "ng/mL", "low": 0}]$fields$, 'Serum for the DNase ELISA.'));

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'tess';

insert into api_v1.samples (lab_id, project_id, name, sample_type, description, synthetic, fields)
select p.lab_id, p.id, v.name, v.sample_type, 'Made up for the demonstration of sample types.', true, v.fields::jsonb
from (values
  ('ENZ', 'pDEMO1 prep 1', 'plasmid prep', '{"concentration": {"value": "412.50", "unit": "ng/uL"}, "volume": {"value": 50, "unit": "uL"}, "a260_a280": 1.84, "prepared_on": "2026-03-02", "sequenced": true, "sequenced_on": "2026-03-09"}'),
  ('ENZ', 'pDEMO1 prep 2', 'plasmid prep', '{"concentration": {"value": "0.288", "unit": "mg/mL"}, "volume": {"value": 45, "unit": "uL"}, "a260_a280": 1.79, "prepared_on": "2026-03-16", "sequenced": false}'),
  ('ENZ', 'pDEMO2 prep 1', 'plasmid prep', '{"concentration": {"not_obtained": "The photometer was being repaired."}, "volume": {"value": 30, "unit": "uL"}, "resistance": "kanamycin"}'),
  ('ENZ', 'Lysozyme, batch 1', 'enzyme preparation', '{"activity": {"value": 1200, "unit": "U/mL"}, "protein": {"value": "4.8", "unit": "mg/mL"}, "buffer": "20 mM Tris-HCl, pH 7.5", "glycerol": {"value": 50, "unit": "%"}}'),
  ('IMM', 'Rat serum 1', 'ELISA serum', '{"species": "rat", "collected_on": "2026-02-11", "dnase": {"value": "3.10", "unit": "ng/mL"}}'),
  ('IMM', 'Rat serum 2', 'ELISA serum', '{"species": "rat", "collected_on": "2026-02-11", "haemolysed": true, "dnase": {"value": 0.9, "unit": "ug/L"}}')) v (project, name, sample_type, fields)
join api_v1.projects p on p.code = v.project;

reset role;
select set_config('request.jwt.claims', '', true);
