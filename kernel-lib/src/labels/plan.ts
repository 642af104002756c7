import { PetriError } from '../petri-error.ts'
import { LABEL_SHEETS, type LabelSheet, type LabelSheetName } from './sheets.ts'
import { encode, type BarcodeSymbol, type Symbology } from './symbol.ts'
import { fitLines } from './text.ts'

/** What a label says: a record of any kind has a code and mostly a name. */
export interface LabelRecord {
  code: string
  name?: string | null
  /** Further lines, the most important first: what does not fit is left out. */
  lines?: readonly string[]
}

export interface LabelPlanOptions {
  /** Default `datamatrix`, which fits on a tube and is read when a corner is lost. */
  symbology?: Symbology
  /** Default `l7651`. */
  sheet?: LabelSheetName
  /** Labels that are gone from the first sheet. Default 0. */
  skip?: number
  /** Of each label. Default 1. */
  copies?: number
}

export interface PlacedText { text: string; xMm: number; /** Of the line that letters stand on. */ baselineMm: number; sizePt: number; bold: boolean }

export interface PlacedSymbol {
  symbol: BarcodeSymbol
  xMm: number
  yMm: number
  moduleMm: number
  /** Of the bars; a Data Matrix is as high as its modules. */
  heightMm: number
}

/** One label; places are from its own top left corner. */
export interface PlacedLabel { code: string; xMm: number; yMm: number; barcode: PlacedSymbol; texts: PlacedText[] }

/** What will be printed where, before anything is drawn. */
export interface LabelPlan {
  sheet: LabelSheet
  symbology: Symbology
  pages: PlacedLabel[][]
}

const MM_PER_POINT = 25.4 / 72
const MARGIN_MM = 1.6
const LINE_HEIGHT = 1.2
/** Below it, a hand scanner reads a label badly. */
const LEAST_MODULE_MM = { datamatrix: 0.25, code128: 0.17 } as const
const MOST_MODULE_MM = 0.6

/** Lays out labels: pure data. @throws PetriError for a code that cannot be encoded or does not fit, `skip` and `copies` out of range, and no record at all */
export function planLabels(records: readonly LabelRecord[], options: LabelPlanOptions = {}): LabelPlan {
  const { symbology = 'datamatrix', sheet: name = 'l7651', skip = 0, copies = 1 } = options
  const sheet: LabelSheet | undefined = LABEL_SHEETS[name]
  const perPage = sheet ? sheet.columns * sheet.rows : 0
  check(sheet !== undefined, `unknown sheet "${name}": expected one of ${Object.keys(LABEL_SHEETS).join(', ')}`)
  check(records.length > 0, 'there is nothing to print: expected at least one record')
  check(Number.isInteger(copies) && copies >= 1 && copies <= 100, `copies is ${copies}: expected 1 to 100`)
  check(Number.isInteger(skip) && skip >= 0 && skip < perPage, `skip is ${skip}: expected 0 to ${perPage - 1} for this sheet`)
  const labels = records.flatMap(record => Array.from({ length: copies }, () => record))
  const pages: PlacedLabel[][] = []
  labels.forEach((record, index) => {
    const at = skip + index
    const onPage = at % perPage
    const xMm = sheet.leftMm + (onPage % sheet.columns) * sheet.pitchXMm
    const yMm = sheet.topMm + Math.floor(onPage / sheet.columns) * sheet.pitchYMm
    const page = pages[Math.floor(at / perPage)] ??= []
    page.push({ code: record.code, xMm, yMm, ...layOut(record, symbology, sheet) })
  })
  return { sheet, symbology, pages }
}

function check(holds: boolean, message: string): asserts holds {
  if (!holds) throw new PetriError(message, { code: 'label' })
}

function layOut(record: LabelRecord, symbology: Symbology, sheet: LabelSheet): Pick<PlacedLabel, 'barcode' | 'texts'> {
  const symbol = encode(record.code, symbology)
  return symbology === 'datamatrix' ? beside(record, symbol, sheet) : below(record, symbol, sheet)
}

/** A square at the left, the words at its right. */
function beside(record: LabelRecord, symbol: BarcodeSymbol, { labelWidthMm, labelHeightMm }: LabelSheet): Pick<PlacedLabel, 'barcode' | 'texts'> {
  const room = Math.min(labelHeightMm - 2 * MARGIN_MM, labelWidthMm * 0.45)
  const moduleMm = moduleSize(record.code, 'datamatrix', room, symbol.height)
  const heightMm = moduleMm * symbol.height
  const left = MARGIN_MM + moduleMm * (symbol.width + 2 * symbol.quiet) + 0.6
  const box = { xMm: left, topMm: MARGIN_MM, widthMm: labelWidthMm - left - MARGIN_MM, heightMm: labelHeightMm - 2 * MARGIN_MM }
  return {
    barcode: { symbol, xMm: MARGIN_MM + moduleMm * symbol.quiet, yMm: (labelHeightMm - heightMm) / 2, moduleMm, heightMm },
    texts: words(record, box),
  }
}

/** Bars over the whole width, the words below them. */
function below(record: LabelRecord, symbol: BarcodeSymbol, { labelWidthMm, labelHeightMm }: LabelSheet): Pick<PlacedLabel, 'barcode' | 'texts'> {
  const moduleMm = moduleSize(record.code, 'code128', labelWidthMm, symbol.width + 2 * symbol.quiet)
  const heightMm = Math.min(12, labelHeightMm * 0.4)
  const topMm = MARGIN_MM + heightMm + 0.5
  const box = { xMm: MARGIN_MM, topMm, widthMm: labelWidthMm - 2 * MARGIN_MM, heightMm: labelHeightMm - topMm - MARGIN_MM / 2 }
  return {
    barcode: { symbol, xMm: (labelWidthMm - moduleMm * symbol.width) / 2, yMm: MARGIN_MM, moduleMm, heightMm },
    texts: words(record, box),
  }
}

function moduleSize(code: string, symbology: Symbology, roomMm: number, modules: number): number {
  const least = LEAST_MODULE_MM[symbology]
  const size = Math.min(MOST_MODULE_MM, roomMm / modules)
  check(size >= least, `"${code}" does not fit as ${symbology}: it needs ${(least * modules).toFixed(1)} mm and the label has ${roomMm.toFixed(1)} mm; a larger label would do${symbology === 'code128' ? ', or a Data Matrix' : ''}`)
  return size
}

interface Box { xMm: number; topMm: number; widthMm: number; heightMm: number }

/** The code, whole at all costs; then the name on as many lines as there is room for; then the rest. */
function words({ code, name, lines = [] }: LabelRecord, { xMm, topMm, widthMm, heightMm }: Box): PlacedText[] {
  const wanted = [
    { text: code, sizePt: codeSize(code, widthMm, heightMm), bold: true, most: 1 },
    { text: name ?? '', sizePt: 7, bold: false, most: 3 },
    ...lines.map(text => ({ text, sizePt: 6, bold: false, most: 1 })),
  ]
  const placed: PlacedText[] = []
  let y = topMm
  for (const { text, sizePt, bold, most } of wanted) {
    const step = sizePt * MM_PER_POINT * LINE_HEIGHT
    const room = Math.min(most, Math.floor((topMm + heightMm - y) / step + 0.05))
    for (const line of bold ? [text] : fitLines(text, widthMm, sizePt, room)) {
      placed.push({ text: line, xMm, baselineMm: y + sizePt * MM_PER_POINT * 0.95, sizePt, bold })
      y += step
    }
  }
  return placed
}

// Bold letters are about a tenth wider; a code is never cut, so it shrinks.
function codeSize(code: string, widthMm: number, heightMm: number): number {
  const sizes = [9, 8, 7, 6, 5, 4]
  return sizes.find(size => size * MM_PER_POINT <= heightMm && fitLines(code, widthMm / 1.1, size, 1)[0] === code) ?? 4
}
