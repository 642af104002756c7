import { callServer, type UserServer } from './hub.ts';
import { startKernel, type CellResult } from './kernel.ts';

export interface NotebookCell extends CellResult {
  /** Place in the notebook, counting all its cells from 0. */
  index: number;
  source: string;
  /** Tags of the cell, such as `raises-exception`, with which a notebook says that it must fail. */
  tags: string[];
}

interface NotebookFile {
  content: {
    cells: { cell_type: string; source: string | string[]; metadata: { tags?: string[] } }[];
    metadata: { kernelspec?: { name?: string } };
  };
}

/**
 * Runs all code cells of a notebook in the person's home, in order, in a kernel of its own.
 * Goes on after a failing cell that is tagged `raises-exception`, and stops after any other.
 */
export async function runNotebook(server: UserServer, path: string): Promise<NotebookCell[]> {
  const { content } = (await callServer(server, `api/contents/${encodeURI(path)}`)) as NotebookFile;
  const name = content.metadata.kernelspec?.name ?? 'tslab';
  await using kernel = await startKernel(server, { name, path });
  const results: NotebookCell[] = [];
  for (const [index, cell] of content.cells.entries()) {
    if (cell.cell_type !== 'code') continue;
    const source = [cell.source].flat().join('');
    const tags = cell.metadata.tags ?? [];
    const result = await kernel.executeCell(source);
    results.push({ index, source, tags, ...result });
    if (result.status !== 'ok' && !tags.includes('raises-exception')) break;
  }
  return results;
}

/** The cell that failed without having said that it would, if there is one. */
export const failureIn = (cells: NotebookCell[]): NotebookCell | undefined =>
  cells.find(({ status, tags }) => status !== 'ok' && !tags.includes('raises-exception'));

/** All text a cell printed, for assertions and for people. */
export function printed(cell: CellResult): string {
  return cell.outputs
    .map(({ text, data, evalue, traceback }) => text ?? data?.['text/plain'] ?? traceback?.join('\n') ?? evalue ?? '')
    .join('');
}
