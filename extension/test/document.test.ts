import { joinDocuments, textOf, withBlocks, type Document } from '../src/entry/document.ts'

const paragraph = (text: string): Document => ({ type: 'paragraph', content: [{ type: 'text', text }] })

test('the words of a document stand a line per block', () => {
  expect(textOf({ type: 'doc', content: [paragraph('One'), { type: 'image', attrs: { alt: 'gel.png' } }, paragraph('Two')] })).toBe('One\n[image gel.png]\nTwo\n')
})

test('two texts are joined without losing a word', () => {
  const joined = joinDocuments({ type: 'doc', content: [paragraph('Mine')] }, { type: 'doc', content: [paragraph('Hers')] })
  expect(textOf(joined)).toBe('Mine\nHers\n')
})

test('an entry that nobody has written yet has an empty paragraph, and a written one is left as it is', () => {
  expect(withBlocks({ type: 'doc', content: [] })).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] })
  const one = { type: 'doc', content: [paragraph('One')] }
  expect(withBlocks(one)).toBe(one)
})
