import { answersOf, decimalCommaOf, draftOf, problemOf, warningOf, type Field } from '../src/sop/answers.ts'

const volume: Field = { key: 'volume', label: 'Volume', type: 'number', unit: 'mL', required: true, low: 4.9, high: 5.1 }
const note: Field = { key: 'note', label: 'Note', type: 'text' }

test.each([
  ['', 'Required. Give a value, or say “not obtained” with a reason.'],
  ['five', '“five” is not a number in mL.'],
  ['5.00', undefined],
  ['-.5e1', undefined],
])('a required volume of "%s": %s', (text, problem) => {
  expect(problemOf(volume, { text })).toBe(problem)
})

test('"not obtained" takes the place of a value, and needs a reason', () => {
  expect(problemOf(volume, { text: '', reason: ' ' })).toBe('Say why it was not obtained.')
  expect(problemOf(volume, { text: '', reason: 'spilt' })).toBeUndefined()
})

test.each([
  ['4.8', 'Outside 4.9 to 5.1 mL. It can be recorded, and opens a deviation.'],
  ['4.9', undefined],
  ['5.10', undefined],
  ['5.11', 'Outside 4.9 to 5.1 mL. It can be recorded, and opens a deviation.'],
])('a volume of %s mL warns: %s', (text, warning) => {
  expect(warningOf(volume, { text })).toBe(warning)
})

test('a decimal comma is asked about, not guessed', () => {
  expect(decimalCommaOf(volume, { text: '4,95' })).toBe('4.95')
  expect(problemOf(volume, { text: '4,95' })).toBe('“4,95” is not a number in mL.')
})

test('a number travels with its unit and its digits; an empty optional field does not travel', () => {
  expect(answersOf([volume, note], { volume: { text: ' 5.00 ' }, note: { text: ' ' } }))
    .toEqual({ volume: { value: 5, unit: 'mL', reported: '5.00' } })
})

test('a refused act gives back what was typed', () => {
  const draft = { volume: { text: '5.00' }, note: { text: '', reason: 'no time' } }
  expect(draftOf(answersOf([volume, note], draft))).toEqual(draft)
})
