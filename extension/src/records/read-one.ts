import { PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'

/** One record by its id. @throws PetriError PL004, in the same words whether it is unknown or not to be seen */
export async function readOne<Row>(session: Session, view: string, id: string, signal: AbortSignal): Promise<Row> {
  const [row] = await session.read<Row>(view, { id: `eq.${id}`, limit: 1 }, { signal })
  if (row === undefined) throw new PetriError({ code: 'PL004', message: 'There is no such record that you may see.', hint: 'Check whether you belong to its project.' }, 404)
  return row
}
