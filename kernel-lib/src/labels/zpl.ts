import type { LabelPlan, PlacedLabel, PlacedText } from './plan.ts'

const MM_PER_POINT = 25.4 / 72

/** A label printer's own language: it draws the barcode itself, in whole dots. [dots per mm]: 8 at 203 dpi, 12 at 300 dpi, 24 at 600 dpi. */
export function renderZpl({ sheet: { labelWidthMm, labelHeightMm }, symbology, pages }: LabelPlan, dotsPerMm: number): string {
  const dots = (mm: number): number => Math.round(mm * dotsPerMm)
  const start = `^XA^CI28^PW${dots(labelWidthMm)}^LL${dots(labelHeightMm)}^LH0,0`
  return pages.flat().map(label => [start, barcode(label, symbology, dots), ...label.texts.map(text => words(text, dots)), '^XZ'].join('\n')).join('\n') + '\n'
}

type Dots = (mm: number) => number

function barcode({ code, barcode: { xMm, yMm, moduleMm, heightMm } }: PlacedLabel, symbology: LabelPlan['symbology'], dots: Dots): string {
  const module = Math.max(1, Math.floor(dots(moduleMm * 1000) / 1000))
  const place = `^FO${dots(xMm)},${dots(yMm)}`
  const command = symbology === 'datamatrix' ? `^BXN,${module},200` : `^BY${module}^BCN,${dots(heightMm)},N,N,N,A`
  return `${place}${command}^FH^FD${escapeZpl(code)}^FS`
}

function words({ text, xMm, baselineMm, sizePt }: PlacedText, dots: Dots): string {
  const height = dots(sizePt * MM_PER_POINT)
  return `^FT${dots(xMm)},${dots(baselineMm)}^A0N,${height},${height}^FH^FD${escapeZpl(text)}^FS`
}

/** Text that begins no command: `^`, `~`, the escape `_` itself, and everything beyond ASCII, as the bytes of its UTF-8. */
export function escapeZpl(text: string): string {
  return text.replace(/[^\x20-\x7e]|[\^~_\\]/gu, character =>
    Array.from(new TextEncoder().encode(character), byte => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''))
}
