-- A scanned code: ours or somebody else's, seen or hidden, mistyped or unknown.

insert into lab.people (lab_id, login, name) select id, 'imm-tech', 'Immunoassay technician' from lab.labs where code = 'DEMO';
insert into lab.memberships (lab_id, person_id, project_id, role)
  select p.lab_id, p.id, j.id, 'technician' from lab.people p, lab.projects j where p.login = 'imm-tech' and j.code = 'IMM';

select tap.as_person('tess');
insert into api_v1.samples (lab_id, project_id, name, sample_type) select lab_id, id, 'Coded', 'coded' from api_v1.projects where code = 'ENZ';
insert into api_v1.foreign_codes (lab_id, material_id, kind, code)
select s.lab_id, s.id, v.kind, v.code from api_v1.samples s, (values ('sender', '0400-7/ü'), ('supplier', '4006381333931')) v (kind, code) where s.sample_type = 'coded';
select set_config('tap.code', code, true), set_config('tap.id', id::text, true), set_config('tap.lab', lab_id::text, true) from api_v1.samples where sample_type = 'coded';

select tap.same(array(select kind || ' ' || name || ' ' || matched from api_v1.find_code(lower(current_setting('tap.code')))), '{sample Coded own code}', 'a code is found as it is typed');
select tap.same(array(select id::text || ' ' || matched from api_v1.find_code(' 4006381333931 ')), array[current_setting('tap.id') || ' supplier'], 'and so is what others call it');
select tap.same((select count(*) from api_v1.foreign_codes where material_id = current_setting('tap.id')::uuid), 2::bigint, 'a material has many');
select tap.throws($$insert into api_v1.foreign_codes (lab_id, material_id, kind, code) select lab_id, id, 'sender', '0400-7/ü' from api_v1.samples where name = 'Lysate 1'$$, '23505', 'a code is unique in its lab and kind');
select tap.lives($$insert into api_v1.foreign_codes (lab_id, material_id, kind, code) select lab_id, id, 'other sender', '0400-7/ü' from api_v1.samples where name = 'Lysate 1'$$, 'another kind may have it too');
select tap.same(tap.count($$select from api_v1.find_code('0400-7/ü')$$), 2::bigint, 'then a scan finds both');
select tap.throws($$insert into api_v1.foreign_codes (lab_id, material_id, code) select lab_id, id, E'a\tb' from api_v1.samples where name = 'Lysate 1'$$, '23514', 'what no scanner reads is no code');
select tap.same((select p.code from api_v1.foreign_codes c join api_v1.projects p on p.id = c.project_id where c.kind = 'sender'), 'ENZ', 'its project is that of its material');
select tap.same(tap.count($$select from api_v1.find_code('no such thing')$$), 0::bigint, 'what nobody knows is not found');
select tap.throws($$select api_v1.find_code(regexp_replace(current_setting('tap.code'), '.$', case right(current_setting('tap.code'), 1) when '2' then '3' else '2' end))$$, 'PL149', 'what is mistyped is told from what nobody knows');
select tap.same(array[private.is_code(private.new_code_v1('S')), private.is_code(private.new_code_v2('S')), private.is_code('S-2222223'), private.is_code('hello')], '{t,t,f,null}', 'codes of both kinds check');

select tap.as_person('imm-tech');
select tap.throws($$select api_v1.find_code(current_setting('tap.code'))$$, 'PL148', 'a code of one''s lab that one may not see says so');
select tap.throws($$select api_v1.find_code('4006381333931')$$, 'PL148', 'by any of its codes');
select tap.same(array(select name from api_v1.find_code('0400-7/ü')), '{Lysate 1}', 'what one may see is found, and says nothing of the other');
select tap.throws($$insert into api_v1.foreign_codes (lab_id, material_id, code) values (current_setting('tap.lab')::uuid, current_setting('tap.id')::uuid, 'mine')$$, '42501', 'nobody names what he may not see');
select tap.as_person('sten');
select tap.same(tap.count($$select from api_v1.find_code(current_setting('tap.code'))$$) + tap.count($$select from api_v1.find_code('4006381333931')$$), 0::bigint, 'in another lab nobody knows it');
select tap.as_person('rhea');
select tap.same(tap.count($$select from api_v1.find_code(current_setting('tap.code'))$$), 1::bigint, 'a reviewer finds it');
select tap.throws($$insert into api_v1.foreign_codes (lab_id, material_id, code) values (current_setting('tap.lab')::uuid, current_setting('tap.id')::uuid, 'mine')$$, '42501', 'and gives it no name');
