import { escapeHtml } from '../display/html.ts'
import type { LabelPlan, PlacedLabel } from './plan.ts'

const MM_PER_POINT = 25.4 / 72
const short = (value: number): string => String(Number(value.toFixed(3)))

/** One document per sheet, in millimetres. */
export function renderSvg({ sheet: { pageWidthMm, pageHeightMm }, pages }: LabelPlan): string[] {
  return pages.map(labels => [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${pageWidthMm}mm" height="${pageHeightMm}mm" viewBox="0 0 ${pageWidthMm} ${pageHeightMm}" font-family="Helvetica, Arial, sans-serif">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...labels.map(label),
    '</svg>',
  ].join('\n'))
}

function label({ code, xMm, yMm, barcode: { symbol, xMm: x, yMm: y, moduleMm, heightMm }, texts }: PlacedLabel): string {
  const bars = symbol.bars.map(bar => `M${bar.x} ${bar.y}h${bar.width}v${bar.height}h-${bar.width}z`).join('')
  const words = texts.map(({ text, xMm, baselineMm, sizePt, bold }) =>
    `<text x="${short(xMm)}" y="${short(baselineMm)}" font-size="${short(sizePt * MM_PER_POINT)}"${bold ? ' font-weight="bold"' : ''}>${escapeHtml(text)}</text>`)
  return `<g transform="translate(${short(xMm)} ${short(yMm)})"><title>${escapeHtml(code)}</title>`
    + `<path transform="translate(${short(x)} ${short(y)}) scale(${short(moduleMm)} ${short(heightMm / symbol.height)})" d="${bars}" shape-rendering="crispEdges"/>${words.join('')}</g>`
}
