import { useEffect, useState, type ReactElement } from 'react'
import { useChanges, useOnline, useSignal } from '../ui/hooks.ts'
import { addIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { CodeBox } from './code-box.tsx'
import { RecordListView } from './list-view.tsx'
import { SECTIONS, type SidebarModel } from './model.ts'

export function Sidebar({ model }: { model: SidebarModel }): ReactElement {
  const kind = useSignal(model.changed, () => model.kind)
  const section = SECTIONS.find(section => section.kind === kind) ?? SECTIONS[0]!
  const online = useOnline()
  const { createRecord } = useLab()
  return (
    <div className="petri-Sidebar">
      <header className="petri-Sidebar-head">
        <CodeBox model={model} />
        <Tabs model={model} />
        <div className="petri-Sidebar-search">
          <SearchBox key={kind} model={model} label={section.label} />
          <button className="petri-Button petri-mod-icon" title={section.create} aria-label={section.create} onClick={() => createRecord(section.kind)}>
            <addIcon.react tag="span" />
          </button>
        </div>
      </header>
      {!online && <p className="petri-Sidebar-offline" role="status">Offline. The lists are as they were last seen.</p>}
      <Refresher key={`refresh-${kind}`} model={model} tables={[section.table]} />
      <div className="petri-Sidebar-body" role="tabpanel" id="petri-tabpanel" aria-labelledby={`petri-tab-${kind}`}>
        <RecordListView key={kind} list={model.list} section={section} />
      </div>
    </div>
  )
}

function Tabs({ model }: { model: SidebarModel }): ReactElement {
  const move = (event: React.KeyboardEvent, index: number): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = SECTIONS[(index + step + SECTIONS.length) % SECTIONS.length]!
    model.kind = next.kind
    document.getElementById(`petri-tab-${next.kind}`)?.focus()
  }
  return (
    <div className="petri-Tabs" role="tablist" aria-label="Records">
      {SECTIONS.map(({ kind, label }, index) => (
        <button
          key={kind} id={`petri-tab-${kind}`} className="petri-Tab" role="tab" aria-controls="petri-tabpanel"
          aria-selected={kind === model.kind} tabIndex={kind === model.kind ? 0 : -1}
          onClick={() => { model.kind = kind }} onKeyDown={event => move(event, index)}
        >{label}</button>
      ))}
    </div>
  )
}

const TYPING_MS = 200

function SearchBox({ model, label }: { model: SidebarModel; label: string }): ReactElement {
  const { list } = model
  const [text, setText] = useState(list.state.query)
  useEffect(() => {
    if (text === list.state.query) return
    const timer = setTimeout(() => void list.search(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, list])
  return (
    <input
      className="petri-Input" type="search" value={text} onChange={event => setText(event.target.value)}
      placeholder={`Search ${label.toLowerCase().replace('sop', 'SOP')}`} aria-label={`Search ${label}`} spellCheck={false}
    />
  )
}

/** Reads the list when it comes into view, and again when something in it changed. */
function Refresher({ model, tables }: { model: SidebarModel; tables: string[] }): null {
  const { list } = model
  const refresh = (): void => void list.refresh()
  const online = useOnline()
  useEffect(refresh, [list, online])
  useChanges(tables, refresh)
  return null
}
