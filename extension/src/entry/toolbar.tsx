import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

interface Tool {
  label: string
  sign: ReactNode
  is?(editor: Editor): boolean
  can?(editor: Editor): boolean
  run(editor: Editor): unknown
}

const TOOLS: readonly (readonly Tool[])[] = [
  [
    { label: 'Heading', sign: 'H1', is: e => e.isActive('heading', { level: 2 }), run: e => e.chain().focus().toggleHeading({ level: 2 }).run() },
    { label: 'Subheading', sign: 'H2', is: e => e.isActive('heading', { level: 3 }), run: e => e.chain().focus().toggleHeading({ level: 3 }).run() },
  ],
  [
    { label: 'Bold', sign: <b>B</b>, is: e => e.isActive('bold'), run: e => e.chain().focus().toggleBold().run() },
    { label: 'Italic', sign: <i>I</i>, is: e => e.isActive('italic'), run: e => e.chain().focus().toggleItalic().run() },
    { label: 'Code', sign: <code>{'<>'}</code>, is: e => e.isActive('code'), run: e => e.chain().focus().toggleCode().run() },
  ],
  [
    { label: 'Bulleted list', sign: '•', is: e => e.isActive('bulletList'), run: e => e.chain().focus().toggleBulletList().run() },
    { label: 'Numbered list', sign: '1.', is: e => e.isActive('orderedList'), run: e => e.chain().focus().toggleOrderedList().run() },
    { label: 'Quote', sign: '❝', is: e => e.isActive('blockquote'), run: e => e.chain().focus().toggleBlockquote().run() },
  ],
  [
    { label: 'Undo', sign: '↶', can: e => e.can().undo(), run: e => e.chain().focus().undo().run() },
    { label: 'Redo', sign: '↷', can: e => e.can().redo(), run: e => e.chain().focus().redo().run() },
  ],
]

/** One tab stop; arrows move along. */
export function Toolbar({ editor, uploading, accept, onImages }: { editor: Editor; uploading: boolean; accept: string; onImages(files: FileList | null): void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  useEditorState({ editor, selector: ({ transactionNumber }) => transactionNumber })
  return (
    <div className="petri-Toolbar" role="toolbar" aria-label="Formatting" onKeyDown={moveAlong}>
      {TOOLS.map((group, index) => (
        <span key={index} className="petri-Toolbar-group">
          {group.map((tool, place) => (
            <button
              key={tool.label} type="button" className="petri-Tool" title={tool.label} aria-label={tool.label} tabIndex={index + place === 0 ? 0 : -1}
              aria-pressed={tool.is?.(editor)} disabled={!editor.isEditable || tool.can?.(editor) === false} onClick={() => tool.run(editor)}
            >{tool.sign}</button>
          ))}
        </span>
      ))}
      <button type="button" className="petri-Tool petri-mod-text" tabIndex={-1} disabled={uploading || !editor.isEditable} onClick={() => input.current?.click()}>
        {uploading ? 'Uploading…' : 'Image…'}
      </button>
      <input ref={input} type="file" hidden accept={accept} aria-label="Image file" onChange={event => { onImages(event.target.files); event.target.value = '' }} />
    </div>
  )
}

function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const tools = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')]
  tools[(tools.indexOf(event.target as HTMLButtonElement) + step + tools.length) % tools.length]?.focus()
}
