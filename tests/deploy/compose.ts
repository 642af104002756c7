import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface Service {
  image?: string
  build?: { context: string; dockerfile: string }
  command?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  ports?: string[]
  volumes?: string[]
  networks?: string[] | Record<string, unknown>
  healthcheck?: unknown
  restart?: string
}

export interface Compose {
  services: Record<string, Service>
  networks: Record<string, { internal?: boolean } | null>
  volumes: Record<string, unknown>
  secrets: Record<string, { file: string }>
}

const root = new URL('../../', import.meta.url)

/** The text of a file of the checkout. */
export const readSource = (path: string): string => readFileSync(new URL(path, root), 'utf8')

/** docker-compose.yml with its anchors merged, as Compose reads it. */
export const readCompose = (): Compose => parse(readSource('docker-compose.yml'), { merge: true }) as Compose
