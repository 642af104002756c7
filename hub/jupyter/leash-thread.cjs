// The leash for a kernel, watched from a thread of its own (11 MB): a cell may never let go of the main one.
const { Worker } = require('node:worker_threads');

new Worker(require.resolve('./leash.cjs'), { execArgv: [] }).unref();
