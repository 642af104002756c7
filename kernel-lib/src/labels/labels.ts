import type { LabelRecord } from './plan.ts'
import type { LabelOptions, Labels } from './make.ts'

export type { LabelFile, LabelFormat, LabelOptions, Labels } from './make.ts'
export type { LabelPlanOptions, LabelRecord } from './plan.ts'
export type { LabelSheetName } from './sheets.ts'
export type { Symbology } from './symbol.ts'

/**
 * Labels of records, ready to print: `await labels(samples, { format: 'pdf', sheet: 'l7651' })`.
 * Answers files; what draws them is loaded by the first call. @throws PetriError for a code that cannot be encoded or does not fit
 */
export async function labels(records: readonly LabelRecord[], options: LabelOptions): Promise<Labels> {
  const { makeLabels } = await import('./make.ts')
  return makeLabels(records, options)
}
