import { makeVector, Table, vectorFromArray, Dictionary, Int32, Utf8 } from 'apache-arrow'
import { asyncBufferFromUrl, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { StackDescription } from '../hub/stack/description.ts'
import type { Bench } from './bench.ts'
import { openLab } from './client.ts'
import { describeColumns } from './content.ts'
import { post, signIn, type Person } from './person.ts'
import type { Contender } from './race.ts'

const rows = 1_000_000
const columns = ['well', 'minute', 'od600'] as const

/** A plate reader's long run, made up, stored as the client stores it. */
export const file: Bench = {
  does: 'a Parquet file of a million rows and three columns, from the store into the notebook',
  async open(stack) {
    const person = await signIn(stack, 'dina')
    const lab = await openLab(stack, person)
    const experiment = await lab.experiments.where({ name: 'Synthetic load' }).first()
    const { id } = await lab.files.upload({ name: 'bench.parquet', experiment: experiment!.id, table: makeRun() })
    return {
      races: [{
        contenders: [ours(lab, id), hyparquet(stack, person, id)],
        questions: [{ name: 'file.read', top: 'hyparquet', bottom: 'ours' }],
      }],
      close: async () => {},
    }
  },
}

/** Checks the file's hash on the way and gives an Arrow table. */
function ours({ files }: Awaited<ReturnType<typeof openLab>>, id: string): Contender {
  return {
    name: 'ours',
    async run() {
      const table = await (await files.open(id)).arrow()
      return () => describeColumns(Object.fromEntries(columns.map((name) => [name, table.getChild(name)!])))
    },
  }
}

/** Over HTTP ranges of the same signed URL, as its README shows; checks nothing and gives objects. */
function hyparquet({ urls }: StackDescription, person: Person, id: string): Contender {
  return {
    name: 'hyparquet',
    async run() {
      const authorization = `Bearer ${await person.accessToken()}`
      const signed = await post<{ url: string; size_bytes: number }>(`${urls.rest}/rpc/open_file`, { authorization }, { file_id: id })
      // The length is known: a HEAD request would need a URL signed for it.
      const buffer = await asyncBufferFromUrl({ url: signed.url, byteLength: signed.size_bytes })
      const objects = await parquetReadObjects({ file: buffer, compressors })
      return () => describeColumns(Object.fromEntries(columns.map((name) => [name, objects.map((row) => row[name])])))
    },
  }
}

/** 96 wells read in turn: growth curves with a different lag in each. */
function makeRun(): Table {
  const wells = Array.from({ length: 96 }, (_, n) => `${'ABCDEFGH'[n % 8]}${Math.floor(n / 8) + 1}`)
  const minute = Float64Array.from({ length: rows }, (_, i) => Math.floor(i / 96) / 6)
  const od600 = minute.map((t, i) => Math.round(2e4 / (1 + Math.exp((300 + (i % 96) - t) / 40))) / 1e4)
  const well = vectorFromArray(Array.from({ length: rows }, (_, i) => wells[i % 96]!), new Dictionary(new Utf8(), new Int32()))
  return new Table({ well, minute: makeVector(minute), od600: makeVector(od600) })
}
