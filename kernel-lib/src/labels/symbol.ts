import { code128, datamatrix, type DrawingContext } from 'bwip-js/generic'
import { PetriError } from '../petri-error.ts'

export const SYMBOLOGIES = ['datamatrix', 'code128'] as const
export type Symbology = (typeof SYMBOLOGIES)[number]

/** A dark rectangle, in modules from the top left corner of the symbol. */
export interface Bar { x: number; y: number; width: number; height: number }

/** A barcode as data. */
export interface BarcodeSymbol {
  /** In modules, without the quiet zone. A Code 128 has bars of any height: its own is 1. */
  width: number
  height: number
  /** What must stay blank on every side [modules]; beside a Code 128 only left and right. */
  quiet: number
  bars: Bar[]
}

const ENCODABLE = /^[0-9A-Za-z._/:+-]{1,60}$/

/** @throws PetriError `unprintable code` for what no scanner types back as it was */
export function encode(code: string, symbology: Symbology): BarcodeSymbol {
  if (!ENCODABLE.test(code)) {
    throw new PetriError(`"${code}" cannot be a barcode: expected 1 to 60 letters, digits and . _ / : + -`, { code: 'unprintable code' })
  }
  const drawing = collector()
  if (symbology === 'datamatrix') return { ...datamatrix({ bcid: 'datamatrix', text: code, scale: 1 }, drawing), quiet: 1 }
  return { ...code128({ bcid: 'code128', text: code, scale: 1, height: 1 }, drawing), height: 1, quiet: 10 }
}

type Point = [number, number]
type Drawn = Pick<BarcodeSymbol, 'width' | 'height' | 'bars'>

/** Takes what the encoder draws, one unit to a module, and answers rectangles. */
function collector(): DrawingContext<Drawn> {
  const outlines: Point[][] = []
  const bars: Bar[] = []
  let size = { width: 0, height: 0 }
  const nothing = (): void => {}
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => { size = { width, height } },
    // A bar of an odd width is given by its middle, rounded up.
    line: (x0, _y0, _x1, _y1, width) => void bars.push({ x: x0 - Math.ceil(width / 2), y: 0, width, height: 1 }),
    polygon: points => void outlines.push(points.map(([x, y]): Point => [x, y])),
    fill: () => void bars.push(...filled(outlines.splice(0), size.height)),
    hexagon: nothing, ellipse: nothing, text: nothing,
    end: () => ({ ...size, bars }),
  }
}

/** The inside of outlines, row by row: outlines inside outlines are holes. */
function filled(outlines: Point[][], height: number): Bar[] {
  return Array.from({ length: height }, (_, y) => {
    const crossings = outlines.flatMap(points => points.flatMap(([x, from], index) => {
      const [, to] = points[(index + 1) % points.length]!
      return Math.min(from, to) <= y && y < Math.max(from, to) ? [x] : []
    })).sort((a, b) => a - b)
    return crossings.flatMap((x, index) => index % 2 === 0 ? [{ x, y, width: crossings[index + 1]! - x, height: 1 }] : [])
  }).flat()
}
