import { fill, PDFDocument, PrintScaling, rectangle, setFillingGrayscaleColor, StandardFonts, type PDFFont, type PDFPage } from '@cantoo/pdf-lib'
import type { LabelPlan, PlacedLabel, PlacedText } from './plan.ts'

const POINTS_PER_MM = 72 / 25.4

interface Fonts { plain: PDFFont; bold: PDFFont }

/** One page per sheet, in the sheet's own size: print it without scaling. `title` is shown by viewers. */
export async function renderPdf({ sheet, pages }: LabelPlan, title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.setTitle(title)
  document.setCreator('Petri')
  document.setProducer('Petri')
  document.catalog.getOrCreateViewerPreferences().setPrintScaling(PrintScaling.None)
  const fonts = { plain: await document.embedFont(StandardFonts.Helvetica), bold: await document.embedFont(StandardFonts.HelveticaBold) }
  for (const labels of pages) {
    const page = document.addPage([sheet.pageWidthMm * POINTS_PER_MM, sheet.pageHeightMm * POINTS_PER_MM])
    for (const label of labels) drawLabel(page, label, fonts)
  }
  return document.save()
}

function drawLabel(page: PDFPage, { xMm, yMm, barcode, texts }: PlacedLabel, fonts: Fonts): void {
  // PDF counts upwards from the bottom.
  const x = (mm: number): number => (xMm + mm) * POINTS_PER_MM
  const y = (mm: number): number => page.getHeight() - (yMm + mm) * POINTS_PER_MM
  const { symbol, moduleMm, heightMm } = barcode
  const rowMm = heightMm / symbol.height
  // All bars are one shape: edges that touch leave no hairline.
  page.pushOperators(setFillingGrayscaleColor(0), ...symbol.bars.map(bar => rectangle(
    x(barcode.xMm + bar.x * moduleMm), y(barcode.yMm + (bar.y + bar.height) * rowMm), bar.width * moduleMm * POINTS_PER_MM, bar.height * rowMm * POINTS_PER_MM,
  )), fill())
  for (const text of texts) drawText(page, text, x(text.xMm), y(text.baselineMm), fonts)
}

function drawText(page: PDFPage, { text, sizePt, bold }: PlacedText, x: number, y: number, fonts: Fonts): void {
  page.drawText(text, { x, y, size: sizePt, font: bold ? fonts.bold : fonts.plain })
}
