/** What can be written with a font that every printer and viewer has: Windows-1252 for a PDF's Helvetica. */
const WINDOWS_1252 = new Set(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)))

// Variation selectors, joiners and skin tones stand for nothing by themselves.
const SILENT = /[\u200b-\u200f\u2060\ufe00-\ufe0f]|[\u{1f3fb}-\u{1f3ff}]/gu
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export const MISSING = '?'

/** Text as a PDF can show it, and which characters it cannot: they became `?`. Accents are kept where one letter carries them. */
export function writable(text: string): { text: string; missing: string[] } {
  const missing: string[] = []
  const written = [...graphemes.segment(text.normalize('NFC'))].map(({ segment }) => {
    const letters = segment.replace(SILENT, '')
    if ([...letters].every(letter => WINDOWS_1252.has(letter))) return letters
    missing.push(segment)
    return MISSING
  })
  return { text: written.join(''), missing }
}
