/** Whether an address answers with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'manual' })
    await reply.body?.cancel()
    return reply.status < 400
  } catch {
    return false
  }
}
