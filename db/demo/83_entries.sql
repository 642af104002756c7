-- A template, and an entry that begins with it and links to the plate it speaks of.

insert into lab.entry_templates (lab_id, name, description, document)
select l.id, 'Plate assay', 'For assays that are read on a plate.', $doc${"type": "doc", "content": [
  {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Question"}]}, {"type": "paragraph"},
  {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Layout"}]}, {"type": "paragraph"},
  {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "What was seen"}]}, {"type": "paragraph"}]}$doc$
from lab.labs l where l.code = 'DEMO';

select set_config('request.jwt.claims', jsonb_build_object('sub', p.id, 'role', 'member', 'aud', 'petri', 'via', 'browser')::text, true)
from lab.people p where p.login = 'arno';
set local role member;

select api_v1.link_record((api_v1.start_entry(e.id, t.id, 'Plate 1 (synthetic)', gen_random_uuid()) ->> 'entry_id')::uuid, 'plate', p.id, 'The plate')
from api_v1.experiments e, api_v1.entry_templates t, api_v1.plates p
where e.name = 'Plate reader (synthetic)' and t.name = 'Plate assay' and p.name = 'Plate 1, read';

reset role;
select set_config('request.jwt.claims', '', true);
