// Loaded with `node --import`: ends this process when the one that started it is gone.
// It watches from a thread of its own, since a notebook's cell may never let go of the main one.
import { Worker, isMainThread } from 'node:worker_threads';

const watch = `
const holder = Number(process.env.PETRI_LEASH_PID);
setInterval(() => process.ppid === holder || process.kill(process.pid, 'SIGKILL'), 500);
`;

if (isMainThread) new Worker(watch, { eval: true, execArgv: [] }).unref();
