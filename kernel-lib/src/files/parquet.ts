// The one door to Parquet: loaded when the first such file is read or written, so that nobody else pays for it.
export { readParquet } from './parquet-read.ts'
export { writeParquet } from './parquet-write.ts'
