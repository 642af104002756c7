export { LABEL_FORMATS, makeLabels, type LabelFile, type LabelFormat, type LabelOptions, type Labels } from './make.ts'
export { planLabels, type LabelPlan, type LabelPlanOptions, type LabelRecord, type PlacedLabel, type PlacedSymbol, type PlacedText } from './plan.ts'
export { LABEL_SHEETS, type LabelSheet, type LabelSheetName } from './sheets.ts'
export { encode, SYMBOLOGIES, type BarcodeSymbol, type Symbology } from './symbol.ts'
