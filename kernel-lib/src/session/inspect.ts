const inspect = Symbol.for('nodejs.util.inspect.custom')

/** Makes an object print as `text`, and nothing of it printable beside that. */
export function printsAs<T extends object>(subject: T, text: () => string): T {
  for (const name of [inspect, 'toString']) {
    Object.defineProperty(subject, name, { value: text, enumerable: false })
  }
  return subject
}

/** An address without what makes it secret: presigned URLs carry their right in the query. */
export function maskUrl(url: string): string {
  const cut = url.search(/[?#]/)
  return cut < 0 ? url : `${url.slice(0, cut)}?…`
}
