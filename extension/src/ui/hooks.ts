import type { ISignal } from '@lumino/signaling'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Change } from '../session/types.ts'
import { useLab } from './lab.ts'
import { Resource, type Loadable } from './resource.ts'

/** Renders again whenever the signal fires; `read` must return the same value while nothing changed. */
export function useSignal<Value>(signal: ISignal<unknown, unknown>, read: () => Value): Value {
  const subscribe = useCallback((onChange: () => void) => {
    const slot = (): void => onChange()
    signal.connect(slot)
    return () => void signal.disconnect(slot)
  }, [signal])
  return useSyncExternalStore(subscribe, read)
}

export function useLoadable<T>(resource: Resource<T>): Loadable<T> {
  return useSignal(resource.changed, () => resource.state)
}

/** A resource of this component: loads when shown, again when `inputs` differ or the network is back. */
export function useResource<T>(fetch: (signal: AbortSignal) => Promise<T>, inputs: unknown[]): Resource<T> {
  const { session } = useLab()
  const resource = useMemo(() => new Resource(fetch), inputs)
  useEffect(() => {
    void resource.load()
    const reload = (_: unknown, online: boolean): void => void (online && resource.load())
    session.onlineChanged.connect(reload)
    return () => void session.onlineChanged.disconnect(reload)
  }, [resource, session])
  return resource
}

/** Calls back when one of these tables changed in the lab, while the component is shown. */
export function useChanges(tables: readonly string[], onChange: () => void): void {
  const { session } = useLab()
  useEffect(() => {
    const slot = (_: unknown, changes: Change[]): void => {
      if (changes.some(change => tables.includes(change.table_name))) onChange()
    }
    session.changed.connect(slot)
    return () => void session.changed.disconnect(slot)
  }, [session, tables, onChange])
}

export function useOnline(): boolean {
  const { session } = useLab()
  return useSignal(session.onlineChanged, () => session.online)
}
