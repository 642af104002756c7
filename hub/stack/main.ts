import { say, seconds } from './bootstrap/terminal.mjs'
import { runCommand, toldToEnd } from './ending.ts'
import { reset } from './reset.ts'
import { Stack } from './stack.ts'
import { welcome } from './welcome.ts'

// `npm start`: starts the lab, says where it is, and stays until it is told to stop.

interface Options {
  port: number
  'data-dir': string
  'no-demo'?: boolean
  reset?: boolean
  yes?: boolean
  verbose?: boolean
}

async function start(options: Options): Promise<number> {
  if (options.reset) await reset(options['data-dir'], options)
  const begun = Date.now()
  const stack = await Stack.open({ ...options, dataDir: options['data-dir'], demo: !options['no-demo'] })
  const ending = toldToEnd()
  try {
    const failed = stack.start().then(() => undefined)
    if ((await Promise.race([failed, ending])) === undefined) {
      console.log(welcome(stack.description, Date.now() - begun))
      await ending
    }
  } finally {
    say('  stopping …')
    const began = Date.now()
    await stack.stop()
    say(`  stopped after ${seconds(Date.now() - began)}; everything is kept in ${stack.places.dataDir}`)
  }
  return 0
}

await runCommand(() => start(JSON.parse(process.argv[2] ?? '{}') as Options))
