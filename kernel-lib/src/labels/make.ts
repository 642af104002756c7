import { PetriError } from '../petri-error.ts'
import { MISSING, writable } from './glyphs.ts'
import { renderPdf } from './pdf.ts'
import { planLabels, type LabelPlanOptions, type LabelRecord } from './plan.ts'
import { renderSvg } from './svg.ts'
import { renderZpl } from './zpl.ts'

export const LABEL_FORMATS = ['pdf', 'svg', 'zpl'] as const
export type LabelFormat = (typeof LABEL_FORMATS)[number]

export interface LabelOptions extends LabelPlanOptions {
  format: LabelFormat
  /** For ZPL, the printer's resolution: 8 at 203 dpi (the default), 12 at 300 dpi, 24 at 600 dpi. */
  dotsPerMm?: number
  /** Of the file, without ending. Default `labels`. */
  name?: string
}

export interface LabelFile { name: string; mediaType: string; bytes: Uint8Array }

export interface Labels {
  /** A PDF and a ZPL are one file; an SVG is one file per sheet. */
  files: LabelFile[]
  count: number
  /** What a person should know before printing, in words. */
  notes: string[]
}

/** Labels of records, ready to print. @throws PetriError for what cannot be encoded or does not fit */
export async function makeLabels(records: readonly LabelRecord[], options: LabelOptions): Promise<Labels> {
  const { format, dotsPerMm = 8, name = 'labels' } = options
  const { shown, notes } = format === 'pdf' ? forPdf(records) : { shown: records, notes: [] }
  const plan = planLabels(shown, options)
  const count = plan.pages.flat().length
  const file = (mediaType: string, bytes: Uint8Array, place = ''): LabelFile => ({ name: `${name}${place}.${format}`, mediaType, bytes })
  const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
  switch (format) {
    case 'pdf': return { files: [file('application/pdf', await renderPdf(plan, name))], count, notes }
    case 'svg': return { files: renderSvg(plan).map((page, index) => file('image/svg+xml', encoded(page), index === 0 ? '' : `-${index + 1}`)), count, notes }
    case 'zpl': return { files: [file('application/vnd.zebra.zpl', encoded(renderZpl(plan, dotsPerMm)))], count, notes }
    default: throw new PetriError(`unknown format "${String(format)}": expected one of ${LABEL_FORMATS.join(', ')}`, { code: 'label' })
  }
}

function forPdf(records: readonly LabelRecord[]): { shown: LabelRecord[]; notes: string[] } {
  const missing = new Set<string>()
  const plain = (text: string): string => {
    const written = writable(text)
    written.missing.forEach(character => missing.add(character))
    return written.text
  }
  const shown = records.map(({ code, name, lines }) => ({ code, name: plain(name ?? ''), lines: (lines ?? []).map(plain) }))
  const notes = missing.size === 0 ? [] : [`The font of a PDF lacks ${[...missing].slice(0, 10).join(' ')}${missing.size > 10 ? ' and more' : ''}: “${MISSING}” stands there instead. SVG keeps them.`]
  return { shown, notes }
}
