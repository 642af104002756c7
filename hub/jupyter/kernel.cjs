// node kernel.cjs TSLAB kernel --config-path FILE
// A notebook's kernel: tslab on a leash, which answers from its first request on.
const { dirname, join } = require('node:path');
const { Worker } = require('node:worker_threads');

// Watched from a thread of its own (11 MB): a cell may never let go of the main one.
new Worker(require.resolve('./leash.cjs'), { execArgv: [] }).unref();

process.argv.splice(1, 1);
const tslab = process.argv[1];
const { ZmqServer } = require(join(dirname(tslab), '../dist/jupyter.js'));
const { init, handleShellMessage } = ZmqServer.prototype;

// tslab 1.0.22 reads requests while it still binds its sockets, and fails to answer those: one kernel
// in some sixty kept its person waiting for 60 s, until Jupyter gave the answer up. Here requests wait.
ZmqServer.prototype.init = function () {
  return (this.ready = init.call(this));
};
ZmqServer.prototype.handleShellMessage = async function (...request) {
  await this.ready;
  return handleShellMessage.apply(this, request);
};

require(tslab);
