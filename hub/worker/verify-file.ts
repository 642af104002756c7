import { createHash } from 'node:crypto'
import type { Task } from 'graphile-worker'

const STALL_MS = 30_000

/** Where to read a stored file, and what was promised about it. */
interface Expectation {
  url: string
  expected_sha256: string
  /** [bytes]; a bigint, hence text */
  expected_size: string
}

interface Found { sha256: string, size: bigint }

/**
 * Reads an uploaded file and gives the verdict that makes it readable, or rejects it.
 * What the network does is no verdict: it throws, and the job is tried again.
 */
export const verifyFile: Task = async (payload, { query, logger }) => {
  const { file_id: fileId } = payload as { file_id: string }
  const { rows: [expectation] } = await query<Expectation>('select * from private.begin_file_verification($1)', [fileId])
  if (!expectation) return logger.info(`file ${fileId} awaits no verification`)
  const found = await readObject(expectation.url)
  const problem = findProblem(expectation, found)
  await query('select private.finish_file_verification($1, $2, $3, $4, $5)',
    [fileId, found?.sha256 ?? null, found?.size ?? null, problem === null, problem])
}

/** Size and hash of the object, in constant memory; nothing if the store has no such object. */
export async function readObject(url: string): Promise<Found | undefined> {
  const stalled = new AbortController()
  const timer = setTimeout(() => stalled.abort(new Error(`the store sent nothing for ${STALL_MS} ms`)), STALL_MS)
  try {
    const response = await fetch(url, { signal: stalled.signal })
    if (response.status === 404) return undefined
    if (!response.ok || !response.body) throw new Error(`the store answered ${response.status}`)
    const hash = createHash('sha256')
    let size = 0n
    for await (const chunk of response.body) {
      hash.update(chunk)
      size += BigInt(chunk.length)
      timer.refresh()
    }
    return { sha256: hash.digest('hex'), size }
  } finally {
    clearTimeout(timer)
  }
}

function findProblem({ expected_sha256, expected_size }: Expectation, found: Found | undefined): string | null {
  if (!found) return 'the store has no such object: upload it again'
  if (found.size !== BigInt(expected_size)) return `expected ${expected_size} bytes, the store has ${found.size}`
  if (found.sha256 !== expected_sha256) return `expected SHA-256 ${expected_sha256}, the bytes have ${found.sha256}`
  return null
}
