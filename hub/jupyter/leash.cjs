// `node --require` this: ends the process when the one that started it is gone, as `leash.py` does.
// (Not `--import`: loading one ES module into a CommonJS program costs 25 MB.)
const { isMainThread } = require('node:worker_threads');

const holder = Number(process.env.PETRI_LEASH_PID);
const watch = setInterval(() => process.ppid === holder || process.kill(process.pid, 'SIGKILL'), 500);
if (isMainThread) watch.unref();
