import { useEffect, useState, type ReactElement } from 'react'
import type { RecordViewProps } from '../records/kinds.ts'
import { readOne } from '../records/read-one.ts'
import type { Person } from '../session/types.ts'
import { ConflictDialog } from '../ui/conflict.tsx'
import { useEdit } from '../ui/edit.tsx'
import { useChanges, useResource } from '../ui/hooks.ts'
import { entryIcon } from '../ui/icons.ts'
import { useLab } from '../ui/lab.ts'
import { RecordHead, RecordLink } from '../ui/record.tsx'
import { Failure, Loaded } from '../ui/states.tsx'
import { isDocument, joinDocuments, textOf, type Document, type Entry } from './document.ts'
import { DocumentEditor } from './editor.tsx'
import { keptDrafts } from './kept-draft.ts'
import { EarlierVersion, VersionList } from './versions.tsx'

interface EntryPicture { entry: Entry; experiment: { id: string; name: string }; person: Person }

const TABLES = ['entries'] as const

export function EntryView({ id, onTitle }: RecordViewProps): ReactElement {
  const { session } = useLab()
  const picture = useResource<EntryPicture>(async signal => {
    const [person, entry] = await Promise.all([session.identify(), readOne<Entry>(session, 'entries', id, signal)])
    return { person, entry, experiment: await readOne<{ id: string; name: string }>(session, 'experiments', entry.experiment_id, signal) }
  }, [id])
  useChanges(TABLES, () => void picture.load())
  const onSaved = (entry: Entry): void => picture.state.value && picture.put({ ...picture.state.value, entry })
  return <Loaded resource={picture}>{value => <EntryPage {...value} onTitle={onTitle} onSaved={onSaved} />}</Loaded>
}

type Editable = Pick<Entry, 'title' | 'document'>
const LABELS = { title: 'Title', document: 'Text' }

function EntryPage({ entry, experiment, person, onTitle, onSaved }: EntryPicture & { onTitle: RecordViewProps['onTitle']; onSaved(entry: Entry): void }): ReactElement {
  const [version, setVersion] = useState<number>()
  const edit = useEdit<Editable>({
    view: 'entries', id: entry.id, version: entry.version, onSaved,
    kept: {
      read: () => keptDrafts.read(person.id, entry.id),
      keep: kept => kept ? keptDrafts.keep(person.id, entry.id, kept) : keptDrafts.drop(person.id, entry.id),
    },
  })
  const shown = { title: entry.title, document: entry.document, ...edit.draft }
  useEffect(() => onTitle(entry.title), [entry.title])
  return (
    <article className="petri-Page petri-Entry">
      <RecordHead icon={entryIcon} kind="entry" label="Entry" name={shown.title} onRename={title => edit.change({ title })}>
        <EntryActions edit={edit} />
      </RecordHead>
      <p className="petri-Entry-of">of <RecordLink kind="experiment" id={experiment.id}>{experiment.name}</RecordLink></p>
      {edit.error && <Failure error={edit.error} />}
      <div className="petri-Entry-columns">
        <div>
          {version !== undefined && (
            <EarlierVersion entry={entry} version={version} onBack={() => setVersion(undefined)} onTake={({ title, document }) => { edit.change({ title, document }); setVersion(undefined) }} />
          )}
          <div hidden={version !== undefined}>
            <DocumentEditor document={shown.document} experiment={experiment.id} onChange={document => edit.change({ document })} />
          </div>
        </div>
        <VersionList entry={entry} chosen={version} onChoose={setVersion} />
      </div>
      {edit.conflict && (
        <ConflictDialog conflict={edit.conflict} labels={LABELS} show={show} combine={combine} onCancel={edit.dismiss} onSettle={chosen => void edit.settle(chosen as Partial<Editable>)} />
      )}
    </article>
  )
}

function EntryActions({ edit }: { edit: ReturnType<typeof useEdit<Editable>> }): ReactElement {
  const dirty = Object.keys(edit.draft).length > 0
  return (
    <>
      {dirty && <span className="petri-Unsaved">Not saved yet</span>}
      {dirty && <button className="petri-Button" onClick={edit.revert}>Discard</button>}
      <button className="petri-Button petri-mod-primary" disabled={!dirty || edit.saving} onClick={() => void edit.save()}>{edit.saving ? 'Saving…' : 'Save'}</button>
    </>
  )
}

const show = (value: unknown): string => isDocument(value) ? textOf(value).trim() : String(value)

const combine = (yours: unknown, theirs: unknown): Document | undefined =>
  isDocument(yours) && isDocument(theirs) ? joinDocuments(yours, theirs) : undefined
