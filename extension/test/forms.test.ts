import { FORMS, problemsOf, refusedField } from '../src/create/forms.ts'
import { PetriError } from '../src/session/error.ts'

const { fields } = FORMS.sample

test('what is required is said at its field, before anything is sent', () => {
  expect(Object.keys(problemsOf(fields, { name: '  ' }))).toEqual(['name', 'project_id', 'sample_type'])
})

test('a decimal comma is asked about, and what is no number is refused', () => {
  const whole = { name: 'A', project_id: 'p', sample_type: 'serum' }
  expect(problemsOf(fields, { ...whole, amount: '1,5' })).toEqual({ amount: 'Do you mean 1.5? Write a point before decimals.' })
  expect(problemsOf(fields, { ...whole, amount: '-1' })).toEqual({ amount: '“-1” is no number of 0 or more.' })
  expect(problemsOf(fields, { ...whole, amount: '1e-3' })).toEqual({})
})

test('a refusal stands at the field that the lab names, and above the form otherwise', () => {
  expect(refusedField(new PetriError({ code: 'PL120', message: 'No.', details: { field: 'amount_unit' } }, 422), fields)).toBe('amount_unit')
  expect(refusedField(new PetriError({ code: 'PL002', message: 'No.' }, 403), fields)).toBeUndefined()
})
