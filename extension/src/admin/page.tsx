import { useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react'
import { AdminContext, CoreAdminUI, defaultI18nProvider, memoryStore, Notification, Resource, useRedirect, useResourceDefinitions } from 'react-admin'
import { MemoryRouter, useLocation } from 'react-router-dom'
import { useResource } from '../ui/hooks.ts'
import { useLab } from '../ui/lab.ts'
import { Loaded } from '../ui/states.tsx'
import { createDataProvider } from './data-provider.ts'
import { TableCreate, TableEdit, TableList } from './table-views.tsx'
import { labelOf, readTables, type ApiDescription, type ReferenceTable } from './tables.ts'
import { themeOf } from './theme.ts'

/** The lab's reference tables. What can be listed, made and edited follows from the API's own description. */
export function AdminPage(): ReactElement {
  const { session } = useLab()
  const tables = useResource(async () => readTables(await session.describe<ApiDescription>()), [])
  return (
    <Loaded resource={tables} isEmpty={tables => tables.length === 0} empty="There is no reference table that you may edit.">
      {tables => <Admin tables={tables} />}
    </Loaded>
  )
}

function Admin({ tables }: { tables: ReferenceTable[] }): ReactElement {
  const { session } = useLab()
  const host = useRef<HTMLDivElement>(null)
  const provider = useMemo(() => createDataProvider(session, tables), [session, tables])
  const theme = useLabTheme(host)
  return (
    <div ref={host} className="petri-Admin">
      {theme && (
        // A router of its own: the address bar is JupyterLab's.
        <MemoryRouter>
          <AdminContext dataProvider={provider} i18nProvider={defaultI18nProvider} theme={theme} darkTheme={null} store={memoryStore()}>
            <CoreAdminUI layout={Layout} disableTelemetry requireAuth={false}>
              {tables.map(table => (
                <Resource
                  key={table.name} name={table.name} options={{ label: labelOf(table.name), summary: table.summary }} recordRepresentation="code"
                  list={<TableList table={table} />} edit={<TableEdit table={table} />} create={<TableCreate table={table} />}
                />
              ))}
            </CoreAdminUI>
            <Notification />
          </AdminContext>
        </MemoryRouter>
      )}
    </div>
  )
}

function Layout({ children }: { children?: ReactNode }): ReactElement {
  const definitions = Object.values(useResourceDefinitions())
  const redirect = useRedirect()
  const current = useLocation().pathname.split('/')[1]
  const table = definitions.find(({ name }) => name === current)
  return (
    <>
      <nav className="petri-Admin-tables" aria-label="Reference tables">
        {definitions.map(({ name, options }) => (
          <button key={name} className="petri-Tab" aria-current={name === current ? 'page' : undefined} onClick={() => redirect('list', name)}>{options?.label}</button>
        ))}
      </nav>
      <main>
        <h1 className="petri-Admin-title">{table?.options?.label}</h1>
        <p className="petri-State">{(table?.options as { summary?: string } | undefined)?.summary}</p>
        {children}
      </main>
    </>
  )
}

/** Follows JupyterLab's theme, which is named on the body. */
function useLabTheme(host: React.RefObject<HTMLElement | null>): ReturnType<typeof themeOf> | undefined {
  const [theme, setTheme] = useState<ReturnType<typeof themeOf>>()
  useEffect(() => {
    const read = (): void => setTheme(themeOf(host.current!))
    read()
    const observer = new MutationObserver(() => setTimeout(read, 100))
    observer.observe(document.body, { attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light'] })
    return () => observer.disconnect()
  }, [])
  return theme
}
