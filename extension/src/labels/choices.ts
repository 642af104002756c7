import type { LabelFormat, LabelSheetName, Symbology } from '@petri/client/dist/labels.mjs'

/** On what a person printed last: the same printer stands there tomorrow. */
export interface LabelChoices {
  format: LabelFormat
  symbology: Symbology
  sheet: LabelSheetName
  copies: number
  dotsPerMm: number
}

const KEY = 'petri:labels'
const DEFAULTS: LabelChoices = { format: 'pdf', symbology: 'datamatrix', sheet: 'l7651', copies: 1, dotsPerMm: 8 }

export function readChoices(storage: Storage = localStorage): LabelChoices {
  try {
    return { ...DEFAULTS, ...JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<LabelChoices> }
  } catch {
    return DEFAULTS // somebody else's text: begin anew
  }
}

export function keepChoices(choices: LabelChoices, storage: Storage = localStorage): void {
  storage.setItem(KEY, JSON.stringify(choices))
}
