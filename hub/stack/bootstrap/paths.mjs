import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)))

/** A path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts)

/** A path inside the git-ignored folder of fetched and built tools. */
export const inTools = (...parts) => join(root, '.petri', 'tools', ...parts)
