interface NodeProcess {
  version: string
  versions: Record<string, string>
  platform: string
  arch: string
}

declare const PETRI_CLIENT_VERSION: string

/** What the analysis ran on, as far as the client can see it. */
export function describeEnvironment(): Record<string, string> {
  const node = (globalThis as { process?: NodeProcess }).process
  const runtime = node?.versions?.['node'] ? `node ${node.version.slice(1)}, ${node.platform} ${node.arch}` : globalThis.navigator?.userAgent ?? 'unknown'
  return { runtime, client: `@petri/client ${PETRI_CLIENT_VERSION}` }
}
