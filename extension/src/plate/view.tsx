export function PlateView(): null { return null }
