import { hold, type Check } from './check.ts'
import { hubToken, signIn } from './people.ts'

export const check: Check = {
  name: 'hub login',
  async run(stack) {
    for (const { login } of stack.people) {
      const { person } = await signIn(stack, login)
      hold(person.login === login, `the gateway took ${login} for ${person.login}`)
    }
    const wrong = { ...stack, people: stack.people.map((person) => ({ ...person, password: 'wrong' })) }
    const refused = await hubToken(wrong, 'dina').then(() => false, (error: Error) => error.message.startsWith('403'))
    hold(refused, 'a wrong password was not refused')
    return { people: stack.people.length }
  },
}
