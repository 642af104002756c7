const POINTS_PER_MM = 72 / 25.4

// Advance widths of Helvetica for U+0020 to U+007E, in thousandths of the type size.
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
const WIDEST = 1015

/** How wide a line of Helvetica is [mm]; what Helvetica lacks counts as its widest character, so that no fallback font overflows. */
export function textWidthMm(text: string, sizePt: number): number {
  const thousandths = Array.from(text, character => WIDTHS[character.codePointAt(0)! - 0x20] ?? WIDEST)
  return thousandths.reduce((sum, width) => sum + width, 0) / 1000 * sizePt / POINTS_PER_MM
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Breaks text into at most `most` lines that fit, between words where it can; what does not fit ends in `…`, never inside a character. */
export function fitLines(text: string, widthMm: number, sizePt: number, most: number): string[] {
  const fits = (line: string): boolean => textWidthMm(line, sizePt) <= widthMm
  const lines: string[] = []
  let rest = plain(text)
  while (rest !== '' && lines.length < most) {
    const isLast = lines.length === most - 1
    const line = fits(rest) ? rest : isLast ? cut(rest, fits) : broken(rest, fits)
    lines.push(line.trimEnd())
    rest = isLast ? '' : rest.slice(line.length).trimStart()
  }
  return lines
}

/** One line: whatever breaks or is invisible becomes a blank. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

const longest = (text: string, fits: (line: string) => boolean, ending: string): string => {
  let taken = ''
  for (const { segment } of graphemes.segment(text)) {
    if (!fits(taken + segment + ending)) break
    taken += segment
  }
  return taken
}

const cut = (text: string, fits: (line: string) => boolean): string => `${longest(text, fits, '…').trimEnd()}…`

/** The beginning of a text that fits, up to a blank if that is not too early; at least one character, lest nothing ever ends. */
function broken(text: string, fits: (line: string) => boolean): string {
  const taken = longest(text, fits, '') || [...graphemes.segment(text)][0]!.segment
  const blank = taken.lastIndexOf(' ')
  return text[taken.length] === ' ' || blank < taken.length / 3 ? taken : taken.slice(0, blank + 1)
}
