/** A sheet, or a roll, of labels. Everything in millimetres, from the top left corner. */
export interface LabelSheet {
  /** What a person reads on the box of labels. */
  label: string
  pageWidthMm: number
  pageHeightMm: number
  columns: number
  rows: number
  labelWidthMm: number
  labelHeightMm: number
  /** Where the first label begins. */
  leftMm: number
  topMm: number
  /** From one label's edge to the same edge of the next. */
  pitchXMm: number
  pitchYMm: number
}

const A4 = { pageWidthMm: 210, pageHeightMm: 297 }
const LETTER = { pageWidthMm: 215.9, pageHeightMm: 279.4 }

/** A label printer's roll: each page is one label. */
const roll = (widthMm: number, heightMm: number, use: string): LabelSheet => ({
  label: `Roll, ${widthMm} × ${heightMm} mm (${use})`,
  pageWidthMm: widthMm, pageHeightMm: heightMm, columns: 1, rows: 1, labelWidthMm: widthMm, labelHeightMm: heightMm,
  leftMm: 0, topMm: 0, pitchXMm: widthMm, pitchYMm: heightMm,
})

/** The labels that can be printed on, by the number on their box. */
export const LABEL_SHEETS = {
  'l7651': {
    label: 'Avery L7651: 65 of 38.1 × 21.2 mm, A4', ...A4, columns: 5, rows: 13,
    labelWidthMm: 38.1, labelHeightMm: 21.2, leftMm: 4.75, topMm: 10.7, pitchXMm: 40.6, pitchYMm: 21.2,
  },
  'l4732': {
    label: 'Avery L4732: 80 of 35.6 × 16.9 mm, A4', ...A4, columns: 5, rows: 16,
    labelWidthMm: 35.6, labelHeightMm: 16.9, leftMm: 11, topMm: 13.3, pitchXMm: 38.1, pitchYMm: 16.9,
  },
  'l7160': {
    label: 'Avery L7160: 21 of 63.5 × 38.1 mm, A4', ...A4, columns: 3, rows: 7,
    labelWidthMm: 63.5, labelHeightMm: 38.1, leftMm: 7.25, topMm: 15.15, pitchXMm: 66, pitchYMm: 38.1,
  },
  'us-5160': {
    label: 'Avery 5160: 30 of 66.7 × 25.4 mm, US letter', ...LETTER, columns: 3, rows: 10,
    labelWidthMm: 66.7, labelHeightMm: 25.4, leftMm: 4.76, topMm: 12.7, pitchXMm: 69.85, pitchYMm: 25.4,
  },
  'us-5167': {
    label: 'Avery 5167: 80 of 44.5 × 12.7 mm, US letter', ...LETTER, columns: 4, rows: 20,
    labelWidthMm: 44.5, labelHeightMm: 12.7, leftMm: 7.14, topMm: 12.7, pitchXMm: 52.07, pitchYMm: 12.7,
  },
  'roll-50x25': roll(50, 25, 'bottles'),
  'roll-38x13': roll(38, 13, 'tubes'),
  'roll-25x13': roll(25, 13, 'cryo tubes'),
} as const satisfies Record<string, LabelSheet>

export type LabelSheetName = keyof typeof LABEL_SHEETS
