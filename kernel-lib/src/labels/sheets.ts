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
    label: 'A4, 65 labels of 38.1 × 21.2 mm (Avery L7651)', ...A4, columns: 5, rows: 13,
    labelWidthMm: 38.1, labelHeightMm: 21.2, leftMm: 4.75, topMm: 10.7, pitchXMm: 40.6, pitchYMm: 21.2,
  },
  'l4732': {
    label: 'A4, 80 labels of 35.6 × 16.9 mm (Avery L4732)', ...A4, columns: 5, rows: 16,
    labelWidthMm: 35.6, labelHeightMm: 16.9, leftMm: 11, topMm: 13.3, pitchXMm: 38.1, pitchYMm: 16.9,
  },
  'l7160': {
    label: 'A4, 21 labels of 63.5 × 38.1 mm (Avery L7160)', ...A4, columns: 3, rows: 7,
    labelWidthMm: 63.5, labelHeightMm: 38.1, leftMm: 7.25, topMm: 15.15, pitchXMm: 66, pitchYMm: 38.1,
  },
  'us-5160': {
    label: 'US letter, 30 labels of 66.7 × 25.4 mm (Avery 5160)', ...LETTER, columns: 3, rows: 10,
    labelWidthMm: 66.7, labelHeightMm: 25.4, leftMm: 4.76, topMm: 12.7, pitchXMm: 69.85, pitchYMm: 25.4,
  },
  'us-5167': {
    label: 'US letter, 80 labels of 44.5 × 12.7 mm (Avery 5167)', ...LETTER, columns: 4, rows: 20,
    labelWidthMm: 44.5, labelHeightMm: 12.7, leftMm: 7.14, topMm: 12.7, pitchXMm: 52.07, pitchYMm: 12.7,
  },
  'roll-50x25': roll(50, 25, 'bottles'),
  'roll-38x13': roll(38, 13, 'tubes'),
  'roll-25x13': roll(25, 13, 'cryo tubes'),
} as const satisfies Record<string, LabelSheet>

export type LabelSheetName = keyof typeof LABEL_SHEETS
