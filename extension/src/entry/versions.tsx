import type { ReactElement } from 'react'
import { formatTime } from '../ui/format.ts'
import { useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { Loaded } from '../ui/states.tsx'
import { DocumentView } from './editor.tsx'
import type { Document, Entry } from './document.ts'

interface VersionLine { version: number; title: string; updated_at: string; updated_by_name: string | null }
interface EntryVersion extends VersionLine { document: Document }

const MOST = 100

/** Every version, the newest first. */
export function VersionList({ entry, chosen, onChoose }: { entry: Entry; chosen: number | undefined; onChoose(version: number | undefined): void }): ReactElement {
  const { session } = useLab()
  const versions = useResource(signal => session.read<VersionLine>('entry_versions',
    { entry_id: `eq.${entry.id}`, select: 'version,title,updated_at,updated_by_name', order: 'version.desc', limit: MOST }, { signal }), [entry.id, entry.version])
  return (
    <nav className="petri-Versions" aria-label="Versions">
      <h2>Versions</h2>
      <Loaded resource={versions} isEmpty={lines => lines.length === 0} empty="No version yet.">
        {lines => (
          <ul>
            {lines.map(({ version, updated_at, updated_by_name }) => {
              const now = version === entry.version
              return (
                <li key={version}>
                  <button className="petri-Version" aria-current={now ? chosen === undefined : chosen === version} onClick={() => onChoose(now ? undefined : version)}>
                    <strong>Version {version}{now && ', now'}</strong>
                    <span>{formatTime(updated_at)}</span>
                    <span>{updated_by_name ?? ''}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        )}
      </Loaded>
    </nav>
  )
}

/** An earlier version, to be read. */
export function EarlierVersion({ entry, version, onBack, onTake }: { entry: Entry; version: number; onBack(): void; onTake(earlier: { title: string; document: Document }): void }): ReactElement {
  const { session } = useLab()
  const earlier = useResource(async signal => (await session.read<EntryVersion>('entry_versions',
    { entry_id: `eq.${entry.id}`, version: `eq.${version}`, limit: 1 }, { signal }))[0]!, [entry.id, version])
  return (
    <Loaded resource={earlier}>
      {value => (
        <>
          <div className="petri-Failure petri-mod-offline" role="status">
            <p><strong>Version {version}</strong>, {formatTime(value.updated_at)}. You are reading an earlier version.</p>
            <span className="petri-Section-actions">
              <button className="petri-Button" onClick={() => onTake(value)}>Edit from this text</button>
              <button className="petri-Button petri-mod-primary" onClick={onBack}>Back to now</button>
            </span>
          </div>
          <h2 className="petri-Earlier-title">{value.title}</h2>
          <DocumentView document={value.document} />
        </>
      )}
    </Loaded>
  )
}
