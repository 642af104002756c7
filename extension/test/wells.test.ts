import { placeOn, scaleOf, wellName } from '../src/plate/wells.ts'

test('wells are named like A01 to P24', () => {
  expect([wellName(0, 0), wellName(7, 11), wellName(15, 23)]).toEqual(['A01', 'H12', 'P24'])
})

test('the scale runs over the numbers and leaves wells without one aside', () => {
  const well = (value: number | null) => ({ well: 'A01', value, reported: null })
  expect(scaleOf([well(2), well(null), well(0.5)])).toEqual({ low: 0.5, high: 2 })
  expect(scaleOf([well(null)])).toBeUndefined()
})

test('a plate of equal values stands in the middle of its scale', () => {
  expect(placeOn({ low: 3, high: 3 }, 3)).toBe(0.5)
})
