import { fireEvent, render, screen } from '@testing-library/react'
import { chosenFields, ConflictDialog } from '../src/ui/conflict.tsx'
import type { Conflict } from '../src/ui/edit.tsx'

const conflict: Conflict = {
  now: 7,
  changed_by: null,
  changed_at: '2026-01-05T09:00:00Z',
  fields: {
    name: { base: { name: 'Lysate' }, yours: { name: 'Lysate A' }, theirs: { name: '<script>alert(1)</script> "B" 🧫' } },
    'amount,amount_unit': {
      base: { amount: 1, amount_unit: 'mL' }, yours: { amount: 2, amount_unit: 'mL' }, theirs: { amount: 500, amount_unit: 'uL' },
    },
  },
}

test('what was not chosen stays yours', () => {
  expect(chosenFields(conflict, {})).toEqual({ name: 'Lysate A', amount: 2, amount_unit: 'mL' })
})

test('an amount and its unit are chosen together', () => {
  expect(chosenFields(conflict, { 'amount,amount_unit': 'theirs' })).toMatchObject({ amount: 500, amount_unit: 'uL' })
})

test('both values are shown as text, and the chosen one is saved', () => {
  HTMLDialogElement.prototype.showModal = function () { this.setAttribute('open', '') } // jsdom has no modal dialogs
  const onSettle = jest.fn()
  const { container } = render(<ConflictDialog conflict={conflict} onSettle={onSettle} onCancel={() => {}} />)
  expect(container.querySelector('script')).toBeNull()
  fireEvent.click(screen.getAllByRole('radio', { name: /^Theirs/ })[0]!)
  fireEvent.click(screen.getByRole('button', { name: 'Save this choice' }))
  expect(onSettle).toHaveBeenCalledWith(expect.objectContaining({ name: '<script>alert(1)</script> "B" 🧫' }))
})
