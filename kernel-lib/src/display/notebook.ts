/** Where a notebook shows things; `raw` takes an object for JSON media types. */
export interface Display {
  html(html: string): void
  raw(mediaType: string, content: unknown): void
}

interface Tslab {
  display: Display
  newDisplay(): Display
}

// `require('tslab')` works in cells alone; this is the `require` that they get.
function tslab(): Tslab | undefined {
  const cells = (globalThis as { __tslab__?: { require(name: string): unknown } }).__tslab__
  return cells?.require('tslab') as Tslab | undefined
}

/** The notebook's display, or undefined where there is no notebook. */
export function notebookDisplay(): Display | undefined {
  return tslab()?.display
}

/** A place in the output that each call writes anew. */
export function updatingDisplay(): Display | undefined {
  return tslab()?.newDisplay()
}
