// node tests/notebooks/run.ts URL LOGIN PATH   (the password in PETRI_PASSWORD)
// Runs one notebook of a person's home as that person, and prints what each cell printed.
import { loginToHub, spawn } from './kernel.ts';
import { failureIn, printed, runNotebook } from './notebook.ts';

const [url = '', login = '', path = ''] = process.argv.slice(2);
const person = await loginToHub(url, login, process.env['PETRI_PASSWORD'] ?? '');
const cells = await runNotebook(await spawn(person), path);
for (const cell of cells) {
  console.log(`[${cell.index}] ${cell.status}, ${Math.round(cell.elapsedMs)} ms`);
  console.log(printed(cell).slice(0, 2000));
}
process.exitCode = failureIn(cells) || cells.length === 0 ? 1 : 0;
