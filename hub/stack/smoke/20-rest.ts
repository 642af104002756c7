import { hold, type Check } from './check.ts'
import { rest, signIn } from './people.ts'

type Sample = { id: string; code: string; name: string }

export const check: Check = {
  name: 'rest',
  async run(stack) {
    const [dina, sten] = [await signIn(stack, 'dina'), await signIn(stack, 'sten')]
    const seen = await rest<Sample[]>(dina, 'samples?select=id,code,name&limit=5')
    hold(seen.length > 0, 'the analyst sees no sample')
    const ids = seen.map(({ id }) => id).join(',')
    const stolen = await rest<Sample[]>(sten, `samples?id=in.(${ids})`)
    hold(stolen.length === 0, `a stranger sees ${stolen.length} samples that exist`)
    const nobody = await fetch(`${stack.urls.rest}/samples`)
    hold(nobody.status === 401, `nobody was answered with ${nobody.status}, not 401`)
    return { samples: seen.length, strangerSees: stolen.length }
  },
}
