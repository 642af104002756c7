import type { Editor } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { uploadFile } from '../files/upload.ts'
import { asPetriError, PetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'
import { useLab } from '../ui/lab.ts'
import { Failure } from '../ui/states.tsx'
import { withBlocks, type Document } from './document.ts'
import { labImage } from './image-node.ts'
import { Toolbar } from './toolbar.tsx'

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** Rich text. Given another `document` than the one last written here, it shows that one. */
export function DocumentEditor({ document, experiment, onChange }: { document: Document; experiment: string; onChange(document: Document): void }): ReactElement {
  const { session } = useLab()
  const written = useRef(document)
  const [error, setError] = useState<PetriError>()
  const [uploading, setUploading] = useState(false)
  const insertImages = async (editor: Editor, files: Iterable<File>): Promise<void> => {
    setUploading(true)
    try {
      await insertAll(session, editor, files, experiment)
      setError(undefined)
    } catch (reason) {
      setError(asPetriError(reason))
    } finally {
      setUploading(false)
    }
  }
  const take = useRef<(files: FileList | undefined) => boolean>(() => false)
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: { openOnClick: false } }), labImage(session)],
    content: withBlocks(document),
    enableContentCheck: true,
    // What this editor does not know would be lost by saving: it is shown and not touched.
    onContentError: ({ editor }) => {
      editor.setEditable(false, false)
      setError(new PetriError({ code: 'unknown-content', message: 'This text has parts that this editor does not know.', hint: 'It can be read here, and edited where it was written.' }, 0))
    },
    onUpdate: ({ editor }) => onChange(written.current = editor.getJSON() as Document),
    editorProps: {
      attributes: { 'aria-label': 'Text of the entry', role: 'textbox', 'aria-multiline': 'true' },
      handlePaste: (_, event) => take.current(event.clipboardData?.files),
      handleDrop: (_, event) => take.current((event as DragEvent).dataTransfer?.files),
    },
  })
  take.current = files => {
    const images = imagesOf(files)
    if (images.length > 0) void insertImages(editor, images)
    return images.length > 0
  }
  useEffect(() => {
    if (document === written.current) return
    written.current = document
    // Only a text that differs is put in: the cursor stays where it is after saving.
    const now = withBlocks(document)
    if (!editor.schema.nodeFromJSON(now).eq(editor.state.doc)) editor.commands.setContent(now, { emitUpdate: false })
  }, [document, editor])
  return (
    <div className="petri-Editor">
      <Toolbar editor={editor} uploading={uploading} accept={IMAGES.join(',')} onImages={files => void insertImages(editor, imagesOf(files))} />
      {error && <Failure error={error} />}
      <EditorContent editor={editor} className="petri-Text" />
    </div>
  )
}

const imagesOf = (files: FileList | undefined | null): File[] => [...files ?? []].filter(file => IMAGES.includes(file.type))

async function insertAll(session: Session, editor: Editor, files: Iterable<File>, experiment: string): Promise<void> {
  for (const file of files) {
    const file_id = await uploadFile(session, file, experiment)
    editor.chain().focus().insertContent({ type: 'image', attrs: { file_id, alt: file.name } }).run()
  }
}

/** A version as it was. */
export function DocumentView({ document }: { document: Document }): ReactElement {
  const { session } = useLab()
  const editor = useEditor({ extensions: [StarterKit, labImage(session)], content: withBlocks(document), editable: false }, [document])
  return <EditorContent editor={editor} className="petri-Text petri-mod-read" />
}
