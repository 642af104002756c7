/** A ProseMirror document as the database keeps it. */
export interface Document {
  type: string
  attrs?: Record<string, unknown>
  content?: Document[]
  text?: string
  marks?: { type: string; attrs?: Record<string, unknown> }[]
}

export interface Entry {
  id: string
  experiment_id: string
  title: string
  document: Document
  version: number
  updated_at: string
}

const BLOCKS = new Set(['paragraph', 'heading', 'listItem', 'codeBlock', 'image', 'blockquote'])

/** The words of a document, a line per block. */
export function textOf(node: Document): string {
  if (node.type === 'text') return node.text ?? ''
  const own = node.type === 'image' ? `[image ${String(node.attrs?.['alt'] ?? '')}]` : ''
  const inner = (node.content ?? []).map(textOf).join('')
  return own + inner + (BLOCKS.has(node.type) && !inner.endsWith('\n') ? '\n' : '')
}

/** Both texts in one document, with a line between them. */
export function joinDocuments(first: Document, second: Document): Document {
  return { type: 'doc', content: [...(first.content ?? []), { type: 'horizontalRule' }, ...(second.content ?? [])] }
}

/** A text as an editor wants it: one that nobody has written in yet has an empty paragraph. */
export const withBlocks = (document: Document): Document =>
  document.content?.length ? document : { ...document, content: [{ type: 'paragraph' }] }

export const isDocument = (value: unknown): value is Document =>
  value !== null && typeof value === 'object' && (value as { type?: unknown }).type === 'doc'
