import { PDFDocument, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib'
import { LABEL_SHEETS, planLabels, type LabelSheetName, type PlacedLabel } from '../src/labels/index.ts'
import { labels } from '../src/labels/labels.ts'
import { fitLines, textWidthMm } from '../src/labels/text.ts'
import { scan, type Rectangle } from './scan.ts'

const SHEETS = Object.keys(LABEL_SHEETS) as LabelSheetName[]
const CODE = 'S-7Q4KW2M9X'
const record = { code: CODE, name: 'Serum 12', lines: ['serum', '250 uL'] }
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** The bars of a label where they lie on the sheet. */
const barsOf = ({ xMm, yMm, barcode: { symbol, moduleMm, heightMm, xMm: x, yMm: y } }: PlacedLabel): Rectangle[] => symbol.bars.map(bar => ({
  x: xMm + x + bar.x * moduleMm, y: yMm + y + bar.y * heightMm / symbol.height, width: bar.width * moduleMm, height: bar.height * heightMm / symbol.height,
}))

/** The page descriptions of a PDF. */
async function contentsOf(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes)
  return document.context.enumerateIndirectObjects().flatMap(([, object]) => object instanceof PDFRawStream ? [text(decodePDFRawStream(object).decode())] : [])
    .filter(content => content.includes(' re\n'))
}

describe('a plan', () => {
  test.each(SHEETS)('on %s every label lies on the sheet, apart from the others, and its words inside of it', sheet => {
    const { columns, rows, labelWidthMm, labelHeightMm, pageWidthMm, pageHeightMm } = LABEL_SHEETS[sheet]
    const long = { code: CODE, name: 'Lysate of the second passage, kept apart because of a thaw on the way here', lines: ['plasma', '2026-01-05'] }
    const { pages } = planLabels(Array(columns * rows + 1).fill(long), { sheet })
    expect(pages.map(page => page.length)).toEqual([columns * rows, 1])
    for (const { xMm, yMm, texts, barcode } of pages[0]!) {
      expect(xMm + labelWidthMm).toBeLessThanOrEqual(pageWidthMm)
      expect(yMm + labelHeightMm).toBeLessThanOrEqual(pageHeightMm)
      expect(barcode.yMm + barcode.heightMm).toBeLessThanOrEqual(labelHeightMm)
      for (const line of texts) {
        expect(line.xMm + textWidthMm(line.text, line.sizePt)).toBeLessThanOrEqual(labelWidthMm)
        expect(line.baselineMm).toBeLessThanOrEqual(labelHeightMm)
      }
    }
    const places = new Set(pages[0]!.map(({ xMm, yMm }) => `${xMm} ${yMm}`))
    expect(places.size).toBe(columns * rows)
  })

  test('begins where the last sheet was left, and repeats each label as often as wanted', () => {
    const { pages: [page] } = planLabels([record, { code: 'S-2' }], { sheet: 'l7651', skip: 4, copies: 2 })
    expect(page!.map(({ code, xMm, yMm }) => [code, Math.round(xMm), Math.round(yMm)])).toEqual([[CODE, 167, 11], [CODE, 5, 32], ['S-2', 45, 32], ['S-2', 86, 32]])
  })

  test('a code is whole on every label, whatever else had to go', () => {
    for (const sheet of SHEETS) expect(planLabels([record], { sheet }).pages[0]![0]!.texts[0]!.text).toBe(CODE)
  })

  test.each([
    [{ sheet: 'l9999' as 'l7651' }, 'unknown sheet "l9999": expected one of l7651'],
    [{ skip: 65 }, 'skip is 65: expected 0 to 64'],
    [{ copies: 0 }, 'copies is 0: expected 1 to 100'],
    [{ symbology: 'code128' as const, sheet: 'roll-25x13' as const }, 'does not fit as code128: it needs'],
  ])('refuses %o in words', (options, words) => {
    expect(() => planLabels([record], options)).toThrow(words)
  })

  test('refuses what no scanner types back, and nothing at all', () => {
    expect(() => planLabels([{ code: 'S-1\u{1f9eb}' }])).toThrow('cannot be a barcode: expected 1 to 60 letters')
    expect(() => planLabels([])).toThrow('there is nothing to print')
  })
})

describe('a scanner reads the code', () => {
  test.each(['datamatrix', 'code128'] as const)('of a %s', symbology => {
    for (const code of [CODE, 'S-2222222', 'EXP-2', 'BOX-9A', 'L12345678']) {
      const label = planLabels([{ code }], { symbology, sheet: 'us-5160' }).pages[0]![0]!
      expect(scan(barsOf(label))).toBe(code)
    }
  })

  test('from a PDF, on the last label of a sheet too', async () => {
    const records = Array.from({ length: 65 }, (_, i) => ({ code: `S-${1000 + i}`, name: `Tube ${i}` }))
    const { files: [pdf], count } = await labels(records, { format: 'pdf', sheet: 'l7651' })
    expect(count).toBe(65)
    const [content] = await contentsOf(pdf!.bytes)
    const perLabel = content!.split(/\bf\n/).filter(part => / re\n/.test(part))
    const last = [...perLabel[64]!.matchAll(/(\S+) (\S+) (\S+) (\S+) re/g)].map(([, x, y, width, height]) => ({ x: Number(x), y: -Number(y) - Number(height), width: Number(width), height: Number(height) }))
    expect(scan(last.map(bar => ({ x: bar.x * 25.4 / 72, y: bar.y * 25.4 / 72, width: bar.width * 25.4 / 72, height: bar.height * 25.4 / 72 })))).toBe('S-1064')
  })

  test('from an SVG', async () => {
    const { files: [svg] } = await labels([record], { format: 'svg', sheet: 'roll-50x25' })
    const [, x, y, scaleX, scaleY, path] = /<path transform="translate\((\S+) (\S+)\) scale\((\S+) (\S+)\)" d="([^"]+)"/.exec(text(svg!.bytes))!
    const bars = [...path!.matchAll(/M(\S+) (\S+)h(\S+)v(\d+)h/g)].map(([, barX, barY, width, height]) => ({
      x: Number(x) + Number(barX) * Number(scaleX), y: Number(y) + Number(barY) * Number(scaleY), width: Number(width) * Number(scaleX), height: Number(height) * Number(scaleY),
    }))
    expect(scan(bars)).toBe(CODE)
  })
})

describe('words', () => {
  test('too long ones break between words, and end in an ellipsis where there is no more room', () => {
    expect(fitLines('Lysate of the second passage', 18, 7, 2)).toEqual(['Lysate of the', 'second passage'])
    expect(fitLines('Lysate of the second passage, thawed', 18, 7, 2).at(-1)).toMatch(/^second.*…$/)
    for (const line of fitLines('a'.repeat(500), 20, 7, 3)) expect(textWidthMm(line, 7)).toBeLessThanOrEqual(20)
  })

  test('a character of several code points is never cut in two', () => {
    const family = '👩‍🔬'
    for (const line of fitLines(family.repeat(30), 20, 7, 2)) expect(line.replace('…', '').length % family.length).toBe(0)
  })

  test('line breaks and control characters become blanks', () => {
    expect(fitLines('one\r\ntwo\u0000three\u2028four', 80, 7, 1)).toEqual(['one two three four'])
  })

  test('a PDF writes quotes and accents, and says which characters it cannot', async () => {
    const { files: [pdf], notes } = await labels([{ code: CODE, name: `Bob's "best" µ é 🧫 α` }], { format: 'pdf', sheet: 'l7160' })
    expect(notes).toEqual(['The font of a PDF lacks 🧫 α: “?” stands there instead. SVG keeps them.'])
    const [content] = await contentsOf(pdf!.bytes)
    const shown = [...content!.matchAll(/<([0-9A-F]+)> Tj/g)].map(([, hex]) => new TextDecoder('windows-1252').decode(Buffer.from(hex!, 'hex')))
    expect(shown.slice(1).join(' ')).toBe(`Bob's "best" µ é ? ?`)
  })

  test('an SVG escapes what would be markup and keeps emoji', async () => {
    const { files: [svg] } = await labels([{ code: CODE, name: '<script>"x"</script> 🧫' }], { format: 'svg', sheet: 'l7160' })
    expect(text(svg!.bytes)).not.toContain('<script')
    expect(text(svg!.bytes)).toContain('🧫')
  })

  test('a ZPL label begins no command by its words, and carries them whole', async () => {
    const hostile = '^XZ^XA~JR_5E µ'
    const { files: [zpl], count } = await labels([{ code: CODE, name: hostile }, { code: 'S-2' }], { format: 'zpl', sheet: 'roll-50x25' })
    const printed = text(zpl!.bytes)
    expect(printed.match(/\^XA/g)).toHaveLength(count)
    expect(printed).toContain(`^BXN,4,200^FH^FD${CODE}^FS`)
    expect(printed).not.toContain('~')
    const words = [...printed.matchAll(/\^FD(.*?)\^FS/g)].map(([, word]) => decodeURIComponent(word!.replaceAll('%', '%25').replace(/_([0-9A-F]{2})/g, '%$1')))
    expect(words).toContain(hostile)
  })
})

test('a ZPL of Code 128 lets the printer draw the bars', async () => {
  const { files: [zpl] } = await labels([record], { format: 'zpl', symbology: 'code128', sheet: 'roll-50x25', dotsPerMm: 12 })
  expect(text(zpl!.bytes)).toContain(`^BCN,120,N,N,N,A^FH^FD${CODE}^FS`)
})
