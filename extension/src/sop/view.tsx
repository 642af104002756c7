export function RunView(): null { return null }
