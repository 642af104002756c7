import { noNetwork, run } from './run.mjs'
import { Refusal } from './refusal.mjs'
import { hashOf, isStamped, stamp } from './stamp.mjs'
import { say, seconds, showProgress, showStep } from './terminal.mjs'
import { nodeForStack, npm, nodeSteps } from './node.mjs'
import { pythonSteps } from './python.mjs'
import { objectStoreSteps } from './objectstore.mjs'
import { browserSteps } from './browser.mjs'
import { buildSteps } from './builds.mjs'

/**
 * Brings everything the stack needs into `.petri/tools` and `node_modules`, and returns the Node to run it on.
 * A step is `{ id, name, needs, fetches, inputs(), isThere(), isCurrent?(), work() }`. It is left out while its output
 * is there and its inputs hash to its stamp, or it finds by itself that its output is current.
 */
export async function prepare({ python }, { needsBrowser }) {
  const always = [...nodeSteps(), ...pythonSteps(python), ...objectStoreSteps(python), ...buildSteps()]
  const steps = needsBrowser ? [...always, ...browserSteps()] : always
  const begun = Date.now()
  if (steps.some((step) => step.fetches && !isDone(step))) await checkNetwork()
  const count = await runSteps(steps)
  if (count) say(`  everything is in place after ${seconds(Date.now() - begun)}`)
  return nodeForStack()
}

const isDone = (step) => step.isThere() && (isStamped(step.id, hashOf(step.inputs())) || Boolean(step.isCurrent?.()))

/** Each step begins as soon as those it needs have ended. Returns how many had something to do. */
async function runSteps(steps) {
  const ends = new Map()
  let [done, worked] = [0, 0]
  const endProgress = showProgress(steps.length, () => done)
  for (const step of steps) ends.set(step.id, Promise.all(step.needs.map((id) => ends.get(id))).then(() => runStep(step)).then(count))
  function count(didWork) {
    done += 1
    worked += didWork ? 1 : 0
  }
  try {
    await Promise.all(ends.values())
  } finally {
    endProgress()
  }
  return worked
}

async function runStep(step) {
  if (isDone(step)) return false
  // Hashed first: what changes during the work belongs to the next run.
  const hash = hashOf(step.inputs())
  await showStep(step.name, step.work)
  stamp(step.id, hash)
  return true
}

/** Says so at once where there is no network, instead of after each client's patience. */
async function checkNetwork() {
  try {
    await run('network', ...npm(['ping', '--fetch-retries=0', '--fetch-timeout=15000']))
  } catch (error) {
    // A mirror without a ping answers all the same.
    if (error.message === noNetwork('network')) throw new Refusal(noNetwork('setup'))
  }
}
