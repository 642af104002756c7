import { nextFree, whereIs, type Placing } from '../src/places/filling.ts'
import type { Position } from '../src/places/rows.ts'

const at = (at_position: string, state: Position['state'], code: string | null = null): Position => ({ at_position, state, code }) as Position
const GRID = [at('A01', 'held', 'S-AAA'), at('A02', 'taken'), at('A03', 'free'), at('B01', 'free')]
const going = (code: string, position: string, refused = false): Placing => ({ key: code, code, position, refused })

test('the next position is the first that is neither held, nor taken, nor on somebody’s way', () => {
  expect(nextFree(GRID, [])).toBe('A03')
  expect(nextFree(GRID, [going('S-BBB', 'A03')])).toBe('B01')
  expect(nextFree(GRID, [going('S-BBB', 'A03'), going('S-CCC', 'B01')])).toBeUndefined()
})

test('a position that was chosen comes first, while it is free', () => {
  expect(nextFree(GRID, [], 'B01')).toBe('B01')
  expect(nextFree(GRID, [going('S-BBB', 'B01')], 'B01')).toBe('A03')
})

test('a refused tube gives its position back', () => {
  expect(nextFree(GRID, [going('S-BBB', 'A03', true)])).toBe('A03')
})

test('a tube that stands there, or is on its way, is known by its code', () => {
  expect(whereIs('s-aaa', GRID, [])).toBe('A01')
  expect(whereIs('S-BBB', GRID, [going('S-BBB', 'A03')])).toBe('A03')
  expect(whereIs('S-BBB', GRID, [going('S-BBB', 'A03', true)])).toBeUndefined()
})
