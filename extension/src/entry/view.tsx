export function EntryView(): null { return null }
