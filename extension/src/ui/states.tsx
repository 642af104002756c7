import type { ReactElement, ReactNode } from 'react'
import type { PetriError } from '../session/error.ts'
import { useLoadable } from './hooks.ts'
import type { Resource } from './resource.ts'

/** The four states of everything fetched: loading, failed (or offline), empty, there. */
export function Loaded<T>({ resource, isEmpty, empty, children }: {
  resource: Resource<T>
  isEmpty?: (value: T) => boolean
  empty?: ReactNode
  children: (value: T) => ReactNode
}): ReactElement {
  const { loading, value, error } = useLoadable(resource)
  const retry = (): void => void resource.load()
  if (value === undefined) return error ? <Failure error={error} onRetry={retry} /> : <Loading />
  return (
    <>
      {error && <Failure error={error} onRetry={retry} />}
      <div aria-busy={loading} className="petri-Loaded">
        {isEmpty?.(value) ? <Empty>{empty}</Empty> : children(value)}
      </div>
    </>
  )
}

export function Loading({ children = 'Loading…' }: { children?: ReactNode }): ReactElement {
  return <p className="petri-State petri-mod-loading" role="status">{children}</p>
}

export function Empty({ children }: { children: ReactNode }): ReactElement {
  return <p className="petri-State">{children}</p>
}

/** What went wrong, in the server's words, and what would be right. */
export function Failure({ error, onRetry }: { error: PetriError; onRetry?: () => void }): ReactElement {
  return (
    <div className={`petri-Failure ${error.offline ? 'petri-mod-offline' : ''}`} role="alert">
      <p>
        <strong>{error.message}</strong>{error.hint && <> {error.hint}</>}
      </p>
      {onRetry && <button className="petri-Button" onClick={onRetry}>Try again</button>}
    </div>
  )
}
