export { connect, type ConnectOptions } from './connect.ts'
export type { FunctionName, Lab, LabTable, LabTables, LineageStep } from './lab.ts'
export { PetriError, type PetriErrorOptions } from './petri-error.ts'
export type { Ref } from './ref.ts'
export type { Access, AccessSource, Person } from './session/token.ts'
export type { ArrowColumns, ColumnName, Columns, Query, Row, TableName } from './tables/query.ts'
export type { Editable, EditableTable, Insertable, InsertableTable } from './tables/write.ts'
export type { Comparison, Condition, Filter, Operator, Value, Where } from './tables/filter.ts'
export type { Order, Plan } from './tables/plan.ts'
export type { Progress, ReadOptions } from './arrow/read.ts'
export { tableOf, type ColumnType, type ColumnValues, type TableColumns, type TableOfOptions } from './arrow/table-of.ts'
export type { FileReadOptions, LabFile } from './files/file.ts'
export type { Files } from './files/files.ts'
export type { FileMeta } from './files/signed.ts'
export type { AnyTable, Upload, UploadOptions } from './files/upload.ts'
export type { Analysis, AnalysisOptions, AnalysisRun, Figure, Result, ResultValue } from './analysis/analysis.ts'
export { show, showProgress } from './display/show.ts'
export { labels, type LabelFile, type LabelFormat, type LabelOptions, type LabelPlanOptions, type LabelRecord, type Labels, type LabelSheetName, type Symbology } from './labels/labels.ts'
export type * from './generated/schema.ts'

// Arrow itself, so that a notebook needs one import, and a page has one copy of it.
export {
  Bool, DataType, DateDay, Field, Float32, Float64, Int16, Int32, Int64, makeData, makeVector, RecordBatch, Schema, Table, tableFromArrays,
  tableFromIPC, tableToIPC, TimestampMicrosecond, TimestampMillisecond, Utf8, Vector, vectorFromArray,
} from 'apache-arrow'
