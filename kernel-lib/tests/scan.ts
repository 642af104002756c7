import zxing from '@zxing/library'

/** A dark rectangle on white paper [mm]. */
export interface Rectangle { x: number; y: number; width: number; height: number }

const DOTS_PER_MM = 24
const MARGIN_MM = 4

/** What a scanner reads of dark rectangles: they are drawn as dots and decoded. @throws when nothing can be read */
export function scan(rectangles: readonly Rectangle[]): string {
  const left = Math.min(...rectangles.map(({ x }) => x)) - MARGIN_MM
  const top = Math.min(...rectangles.map(({ y }) => y)) - MARGIN_MM
  const width = dots(Math.max(...rectangles.map(bar => bar.x + bar.width)) - left + MARGIN_MM)
  const height = dots(Math.max(...rectangles.map(bar => bar.y + bar.height)) - top + MARGIN_MM)
  const grey = new Uint8ClampedArray(width * height).fill(255)
  for (const bar of rectangles) {
    for (let y = dots(bar.y - top); y < dots(bar.y + bar.height - top); y++) {
      grey.fill(0, y * width + dots(bar.x - left), y * width + dots(bar.x + bar.width - left))
    }
  }
  const image = new zxing.BinaryBitmap(new zxing.HybridBinarizer(new zxing.RGBLuminanceSource(grey, width, height)))
  const hints = new Map<number, unknown>([[zxing.DecodeHintType.POSSIBLE_FORMATS, [zxing.BarcodeFormat.DATA_MATRIX, zxing.BarcodeFormat.CODE_128]], [zxing.DecodeHintType.TRY_HARDER, true]])
  return new zxing.MultiFormatReader().decode(image, hints as never).getText()
}

const dots = (mm: number): number => Math.round(mm * DOTS_PER_MM)
