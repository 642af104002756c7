import { tableFromArrays } from 'apache-arrow'
import { jest } from '@jest/globals'
import { tableOf } from '../src/arrow/table-of.ts'
import { show, toHtml } from '../src/display/show.ts'

const HOSTILE = '<script>alert("x")</script> & \'quotes\''

test('every text is escaped: names, cells and codes', () => {
  const shown = [
    tableFromArrays({ [HOSTILE]: [HOSTILE] }), [{ [HOSTILE]: HOSTILE }], { id: '1', code: HOSTILE, results: [{ id: '2', code: HOSTILE, name: HOSTILE }] },
  ].map(toHtml).join('')
  expect(shown).not.toMatch(/<script|"x"|'quotes'/)
  expect(shown).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quotes&#39;')
})

test('a column says its type and unit', () => {
  const html = toHtml(tableOf({ series: ['a'], level: [0.5] }, { units: { level: '[ppm]' } }))
  expect(html).toContain('<th>series<br><small>text</small></th><th>level<br><small>Float64, [ppm]</small></th>')
})

test('a long table is cut and says so', () => {
  const html = toHtml(tableFromArrays({ value: Float64Array.from({ length: 1_234_567 }, (_, i) => i) }))
  expect(html).toContain('1,234,567 rows × 1 column; shown: first 20 rows')
  expect(html.match(/<tr>/g)).toHaveLength(21)
})

test('in a kernel a figure goes out as plotly data and a table as HTML', () => {
  const display = { raw: jest.fn(), html: jest.fn() }
  Object.assign(globalThis, { __tslab__: { require: () => ({ display }) } })
  const figure = { data: [{ type: 'scatter', x: [1], y: [2] }] }
  show(figure)
  expect(display.raw).toHaveBeenCalledWith('application/vnd.plotly.v1+json', { ...figure, layout: {} })
  show([{ a: 1 }])
  expect(display.html).toHaveBeenCalledWith(expect.stringContaining('<td>1</td>'))
})
