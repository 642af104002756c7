const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false })

export const formatTime = (iso: string): string => DAY.format(new Date(iso))

/** Six significant digits: enough to read; the exact value stays in the database. */
export const formatNumber = (value: number): string => NUMBER.format(value)

/** A value and its unit; `1` is the unit of a plain number and is not written. */
export function formatQuantity(value: number | string, unit: string | null | undefined): string {
  const digits = typeof value === 'number' ? formatNumber(value) : value
  return unit && unit !== '1' ? `${digits} ${unit}` : digits
}

/** [bytes] */
export function formatSize(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${formatNumber(Number((bytes / 1000 ** power).toPrecision(3)))} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`
}
