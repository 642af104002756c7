/** How PostgreSQL sends a type's values. */
const decoders = {
  uuid: (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  text: (bytes: Buffer) => bytes.toString('utf8'),
  float8: (bytes: Buffer) => bytes.readDoubleBE(0),
}

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const headerBytes = signature.length + 8

/** The tuples of `COPY … (FORMAT binary)`; null stays null. @throws Error for bytes that are none, or that break off */
export function readTuples(bytes: Buffer, types: (keyof typeof decoders)[]): unknown[][] {
  if (!bytes.subarray(0, signature.length).equals(signature)) throw new Error('no binary COPY: its signature is missing')
  const tuples: unknown[][] = []
  let at = headerBytes
  const next = (length: number) => bytes.subarray(at, (at += length))
  for (let count = next(2).readInt16BE(); count !== -1; count = next(2).readInt16BE()) {
    if (count !== types.length) throw new Error(`a tuple of ${count} fields: expected ${types.length}`)
    tuples.push(types.map((type) => {
      const length = next(4).readInt32BE()
      return length === -1 ? null : decoders[type](next(length))
    }))
  }
  return tuples
}
