/** What the built extension adds to JupyterLab's start, and what it fetches later. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Compressed bytes that the issue allows at the start. */
export const STARTUP_LIMIT_BYTES = 150_000

export interface Sizes {
  /** Compressed bytes that every page load fetches. */
  startupBytes: number
  startupFiles: string[]
  /** Compressed bytes of each chunk that is fetched when it is first needed. */
  lazy: { file: string; bytes: number }[]
}

/** Reads the module map of the remote entry: which chunks JupyterLab fetches for the plugins and the style. @throws Error when nothing is built */
export function measure(folder: string): Sizes {
  const files = readdirSync(folder).filter(file => file.endsWith('.js'))
  const entry = files.find(file => file.startsWith('remoteEntry.'))
  if (!entry) throw new Error(`nothing is built in ${folder}: run "npm run build -w extension"`)
  const ids = new Set(['extension', 'style'].flatMap(name => chunksOf(readFileSync(join(folder, entry), 'utf8'), name)))
  const isStartup = (file: string): boolean => file === entry || file === 'style.js' || ids.has(file.split('.')[0]!)
  const bytes = (file: string): number => gzipSync(readFileSync(join(folder, file))).length
  const startupFiles = files.filter(isStartup)
  return {
    startupFiles,
    startupBytes: startupFiles.reduce((sum, file) => sum + bytes(file), 0),
    lazy: files.filter(file => !isStartup(file)).map(file => ({ file, bytes: bytes(file) })).sort((a, b) => b.bytes - a.bytes),
  }
}

/** `"./extension":()=>Promise.all([r.e(12),r.e(345)])…` → ['12', '345'] */
function chunksOf(source: string, exposed: string): string[] {
  const loader = new RegExp(`"\\./${exposed}":\\(\\)=>(.*?)\\.then`).exec(source)?.[1]
  if (loader === undefined) throw new Error(`the remote entry exposes no ./${exposed}`)
  return [...loader.matchAll(/\.e\((\d+)\)/g)].map(([, id]) => id!)
}
