import { Node } from '@tiptap/core'
import { readFile } from '../files/open.ts'
import { asPetriError } from '../session/error.ts'
import type { Session } from '../session/types.ts'

/** An image of the lab's object store, named by its file; the bytes are fetched for the person who reads. */
export function labImage(session: Session): Node {
  return Node.create({
    name: 'image',
    group: 'block',
    draggable: true,
    addAttributes: () => ({ file_id: {}, alt: { default: '' } }),
    parseHTML: () => [{ tag: 'figure[data-file-id]', getAttrs: figure => ({ file_id: figure.dataset['fileId'], alt: figure.textContent ?? '' }) }],
    renderHTML: ({ node }) => ['figure', { 'data-file-id': String(node.attrs['file_id']) }, String(node.attrs['alt'])],
    addNodeView: () => ({ node }) => drawImage(session, String(node.attrs['file_id']), String(node.attrs['alt'])),
  })
}

function drawImage(session: Session, file: string, alt: string): { dom: HTMLElement; destroy(): void } {
  const dom = document.createElement('figure')
  dom.className = 'petri-Image'
  dom.textContent = 'Loading the image…'
  let url: string | undefined
  let gone = false
  readFile(session, file).then(blob => {
    if (gone) return
    url = URL.createObjectURL(blob)
    const image = Object.assign(document.createElement('img'), { src: url, alt })
    dom.replaceChildren(image)
  }).catch((reason: unknown) => {
    dom.textContent = `The image cannot be shown. ${asPetriError(reason).message}`
  })
  return {
    dom,
    destroy() {
      gone = true
      if (url) URL.revokeObjectURL(url)
    },
  }
}
