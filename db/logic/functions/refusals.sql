-- Every denial has a code, an HTTP status, and words. One table of them; docs/reference/refusals.md is made from it.

create or replace function private.refusals()
returns table (code text, status integer, message text, hint text)
language sql immutable
set search_path = ''
as $$
  values
    ('PL001', 401, 'You are not signed in.', 'Sign in at the Hub and try again.'),
    ('PL002', 403, 'This account may not act here.', 'Ask a lab admin whether the account is active.'),
    ('PL003', 403, 'This needs the role %s.', 'Ask a lab admin for the role, or ask someone who has it.'),
    ('PL004', 404, 'There is no %s "%s" that you may see.', 'Check the id or code, and whether you belong to its project.'),
    ('PL005', 409, 'Someone else changed the same field: %s.', 'Keep yours or theirs, then send version %s.'),
    ('PL006', 428, 'An edit must name the version it saw.', 'Read the record and send its "version" with the edit; it is %s now.'),
    ('PL007', 409, 'Version %s does not exist yet.', 'Read the record and send the version you saw; it is %s now.'),
    ('PL008', 400, '%s', '%s'),
    ('PL009', 409, 'This key was used for something else.', 'Make a new key for a new act.'),
    ('PL010', 409, 'Step "%s" is %s.', 'Only a ready step can be completed.'),
    ('PL011', 422, 'Field "%s" is required.', 'Give a value, or say "not obtained" with a reason.'),
    ('PL012', 422, 'Field "%s" has the unit %s.', 'Give the value in %s.'),
    ('PL013', 422, 'Step "%s" has no field "%s".', 'Expected one of: %s.'),
    ('PL014', 422, 'Field "%s" does not accept %s.', 'Expected %s.'),
    ('PL015', 409, 'Run %s is %s.', 'Only a running run moves on.'),
    ('PL016', 403, 'A signature cannot be given from a notebook.', 'Sign on the signing page.'),
    ('PL017', 410, 'This signing request is no longer valid.', 'Go back to the step and ask to sign again.'),
    ('PL018', 409, 'The content changed since you asked to sign it.', 'Read it again, then ask to sign again.'),
    ('PL019', 422, 'The plate has %s wells that cannot be read.', 'Correct the cells that the preview marks, then try again.'),
    ('PL020', 409, 'The same file was already committed to this plate.', 'Open the plate to see its values.'),
    ('PL021', 409, 'File "%s" is %s, not verified.', 'Wait until it is verified, or upload it again.'),
    ('PL022', 413, 'A limit of %s cuts this answer.', 'Ask for pages of at most %s rows.'),
    ('PL024', 503, 'No object store is configured.', 'Start the stack, or set the store with private.configure_object_store.'),
    ('PL030', 422, 'This SOP cannot be made effective: %s.', 'Correct its tree of blocks.'),
    ('PL031', 409, 'Version %s is %s and stays as it is.', 'Make a new version.'),
    ('PL032', 409, 'SOP "%s" has no effective version.', 'Make a version effective first.'),
    ('PL033', 422, 'It cannot have happened at %s: that is in the future.', 'Check the date, and the clock of this device.'),
    ('PL034', 409, 'Step "%s" is completed by a signature.', 'Ask to sign it.'),
    ('PL035', 409, 'Step "%s" takes no signature.', 'Record its fields; only an approval is signed.'),
    ('PL036', 403, 'You recorded step "%s", which this approves.', 'Ask someone else with the role to sign.'),
    ('PL037', 403, 'Only the person who asked to sign may sign this.', 'Go to the step and ask to sign it yourself.'),
    ('PL050', 422, 'A file cannot have the %s "%s".', 'Expected %s.'),
    ('PL051', 404, 'There is no relation "%s".', 'Expected one of: %s.'),
    ('PL052', 400, '%s has no column "%s".', 'Expected one of: %s.'),
    ('PL053', 400, 'Unknown operator "%s".', 'Expected one of: %s.'),
    ('PL054', 400, '"%s" is no value for column "%s".', 'Expected %s.'),
    ('PL055', 400, '%s', 'Expected %s.'),
    ('PL056', 422, 'Column "%s" holds an infinite time, which Arrow cannot write.', 'Leave the column out, or filter such rows away.'),
    ('PL100', 422, 'Single records of "%s" cannot be granted or denied.', 'Expected one of: %s.'),
    ('PL120', 422, 'There is no unit "%s": %s.', 'Expected a UCUM code: %s.'),
    ('PL121', 422, 'A value in %s cannot be compared with one in %s.', 'Expected a unit that measures the same: %s.'),
    ('PL122', 422, 'This sample type cannot be made effective: %s.', 'Correct its list of fields.'),
    ('PL123', 422, 'The sample type has no field "%s".', 'Expected one of: %s.'),
    ('PL124', 422, 'Field "%s" is required.', 'Give a value, or {"not_obtained": "reason"}.'),
    ('PL125', 422, 'Field "%s" does not accept %s.', 'Expected %s.'),
    ('PL126', 422, 'Field "%s" cannot be given in %s.', 'Give it in %s, or in a unit that measures the same.'),
    ('PL127', 422, 'Field "%s" cannot be %s.', 'Expected %s.'),
    ('PL128', 409, 'Sample type "%s" is in use.', 'You see %s samples of it. Make a new version instead.'),
    ('PL129', 422, 'Field "%s" is computed.', 'Leave it out; it follows from the fields above it.'),
    ('PL130', 409, 'Sample type "%s" takes no new samples.', 'Choose a type that has an effective version.'),
    ('PL131', 403, 'A definition is not made effective from a notebook.', 'Make it effective in the browser.'),
    ('PL132', 409, 'Version %s of sample type "%s" is not effective.', 'Use version %s, or leave the version out.'),
    ('PL133', 422, 'Field "%s" does not apply here.', 'Leave it out or send null: its condition does not hold.'),
    ('PL140', 409, 'The %s of a material changes by acts, not by an edit.', 'Call %s.'),
    ('PL141', 409, 'Only %s %s are left of %s.', 'Take at most that, or correct the amount first, with a reason.'),
    ('PL142', 409, '%s is %s: there is no "%s" for it.', 'It would have to be %s. Restore it with a reason if it is there after all.'),
    ('PL143', 422, 'An amount in %s cannot be taken from %s.', 'Give it in %s or a unit that converts to it.'),
    ('PL144', 422, 'The act "%s" needs a reason.', 'Say why in "reason".'),
    ('PL145', 422, '%s of %s cannot be moved; the first is item %s (%s): it %s.', 'Correct what "details" names, then send all of them again.'),
    ('PL147', 409, '%s cannot stand in itself.', 'Choose a place that is not inside it.'),
    ('PL148', 403, 'This code is known in your lab, but what carries it is not yours to see.', 'Ask a lab admin whom it belongs to.'),
    ('PL149', 422, '"%s" is not a code: its last character does not fit the others.', 'Read or scan it again.'),
    ('PL150', 422, 'There is no position "%s" in %s.', 'Expected %s.'),
    ('PL151', 409, 'Position %s of %s is taken.', 'Choose another, or ask %s.'),
    ('PL160', 409, 'Shipment %s is closed.', 'Announce a new shipment for what came later.'),
    ('PL161', 422, '%s of %s items cannot be taken; the first is item %s (%s): it %s.', 'Correct the items that "details" names, then send all of them again.'),
    ('PL162', 409, 'Shipment %s still awaits %s items.', 'Say of each whether it was received or is missing, then close it.'),
    ('PL163', 422, 'Shipment %s differs from its list in %s items.', 'Close it with a reason: what was done about what differs.'),
    ('PL164', 409, 'Shipment "%s" of %s was announced already.', 'Open that shipment, or give the reference of this one.'),
    ('PL165', 403, 'The rows of "%s" are not written directly.', 'Use the function that does it; the API says which.'),
    ('PL166', 403, 'This is not approved from a notebook or a script.', 'Do it in the browser.'),
    ('PL167', 403, 'You recorded this deviation yourself.', 'Ask someone else with the role to close it.'),
    ('PL168', 409, 'This deviation was closed already: %s', 'Read its decision; a closed deviation stays as it is.'),
    ('PL169', 403, 'You wrote this version yourself.', 'Ask someone else with the role to make it effective.'),
    ('PL170', 409, 'Measurement %s is not excluded.', 'Only an excluded measurement is taken back into calculations.'),
    ('PL171', 409, '%s is taken from %s to %s.', 'Ask %s, or choose another time.'),
    ('PL172', 409, '%s is %s.', 'Ask %s, or choose another instrument.'),
    ('PL173', 409, 'This booking ended at %s.', 'Only a booking that still lies ahead, or goes on, is cancelled.'),
    ('PL174', 409, 'Test %s of %s is %s.', 'Expected a test that is %s.'),
    ('PL175', 409, 'Run %s does not work on sample %s.', 'Start a run on that sample, and let it take the test.'),
    ('PL176', 409, 'Entry "%s" is locked.', 'Write what comes after into a new entry, and link it to this one.'),
    ('PL177', 409, 'Result set %s is %s.', 'Expected one that is %s.'),
    ('PL178', 403, 'You made this result set yourself.', 'Ask someone else with the role to review and release it.'),
    ('PL179', 409, 'Result %s is %s and stays as it is.', 'Give a new result, and correct the set that holds this one.'),
    ('PL180', 400, 'Search knows no kind "%s".', 'Expected one of: %s.'),
    ('PL181', 400, '"%s" is no place to go on after.', 'Send back the "cursor" of the last row you have, unchanged.'),
    ('PL182', 400, 'There is no field "%s" of a %s.', 'Expected one of: %s.'),
    ('PL183', 400, 'Field "%s" is not asked with "%s".', 'Expected one of: %s.'),
    ('PL184', 400, '"%s" is no value for "%s".', 'Expected %s.'),
    ('PL185', 400, '"%s" is asked with a unit.', 'Give "unit", for example %s.'),
    ('PL186', 400, '%s is no condition.', 'Expected {"field", "op", "value"}, {"link", "where"}, {"all": […]}, {"any": […]}, {"not": …} or a list of them.'),
    ('PL187', 400, 'This condition is too large.', 'Ask with at most 20,000 characters, nested at most ten deep.'),
    ('PL188', 400, 'From a %s there is no link "%s".', 'Expected one of: %s.'),
    ('PL189', 400, 'Samples are not sorted by "%s".', 'Expected newest or oldest.'),
    ('PL190', 409, 'This file was imported already: %s.', 'Take that import back, or confirm "same_file" to import it again.'),
    ('PL191', 422, '%s rows cannot be imported.', 'Correct what judge_import says of them, then begin again with the corrected file.'),
    ('PL192', 409, 'This import is %s.', 'Expected it to be %s.'),
    ('PL193', 409, 'Chunk %s cannot be staged like this: %s.', 'Send each chunk as it is in the file, with one text or null for each of the %s columns.'),
    ('PL194', 413, 'The file has %s columns.', 'Expected 1 to 200; leave out what is not imported.'),
    ('PL195', 422, 'Column "%s" cannot be imported: %s.', 'Expected one of: %s; or skip the column.'),
    ('PL196', 422, 'This import has %s.', 'Look at them, then confirm: %s.'),
    ('PL197', 422, '"%s" is not %s.', 'Expected %s.'),
    ('PL198', 422, '"%s" is a formula.', 'Give the value itself; put an apostrophe before a text that only looks like one.'),
    ('PL199', 404, 'There is no %s "%s" that you may see.', 'Check how it is written, and whether you belong to its project.'),
    ('PL200', 409, 'The code "%s" stands in more than one row, first in row %s.', 'Keep one row for each record.'),
    ('PL201', 422, 'There is no %s.', 'Expected a value.'),
    ('PL202', 422, '%s is out of range.', 'Expected %s.'),
    ('PL203', 422, 'The unit "%s" does not fit %s.', 'Expected %s.'),
    ('PL204', 422, '%s cannot be changed by an import: it is %s.', 'Leave it as it is; %s.'),
    ('PL205', 409, 'Someone else changed %s since version %s: it is "%s" now.', 'Export the record again, and edit that.'),
    ('PL206', 422, 'A spreadsheet may have turned "%s" into a date.', 'Correct the name where it was, such as SEPT2; confirm "spoiled_names" if it is right.'),
    ('PL207', 422, '"%s" can be read in two ways.', 'Say the %s of this file.'),
    ('PL209', 403, 'You may not write to %s.', 'Ask a lab admin for the role technician or analyst there.')
$$;
comment on function private.refusals() is 'The table of refusals: code, HTTP status, message and hint with places for their arguments.';
grant execute on function private.refusals() to law, member, anon, worker;

-- `details` is JSON for programs; message_args and hint_args fill the places of the table's texts.
create or replace function private.refuse(code text, message_args text[] default '{}', hint_args text[] default '{}', details jsonb default null)
returns void
language plpgsql stable
set search_path = ''
as $$
declare
  refusal record;
begin
  select r.* into strict refusal from private.refusals() r where r.code = refuse.code;
  raise sqlstate 'PGRST' using
    message = json_build_object(
      'code', refusal.code,
      'message', format(refusal.message, variadic message_args),
      'details', details::text,
      'hint', format(refusal.hint, variadic hint_args))::text,
    detail = json_build_object('status', refusal.status, 'headers', json_build_object())::text;
end $$;
grant execute on function private.refuse(text, text[], text[], jsonb) to law, member, anon, worker;
