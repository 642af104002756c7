import { loginToHub } from '../../../tests/notebooks/hub.ts'
import { hold, type Check } from './check.ts'
import { signIn } from './people.ts'

export const check: Check = {
  name: 'hub login',
  async run(stack) {
    for (const { login } of stack.people) {
      const { person } = await signIn(stack, login)
      hold(person.login === login, `the gateway took ${login} for ${person.login}`)
    }
    const isLetIn = await loginToHub(stack.urls.public, 'dina', 'wrong').then(() => true, () => false)
    hold(!isLetIn, 'a wrong password was let in')
    return { people: stack.people.length }
  },
}
