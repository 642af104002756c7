/**
 * A real tslab kernel, driven as JupyterLab drives it: through the Hub's proxy, as a signed-in person.
 *
 *     const person = await loginToHub('http://127.0.0.1:8000', 'dina', password);
 *     const server = await spawn(person);
 *     await using kernel = await startKernel(server);
 *     const { outputs } = await kernel.executeCell('1 + 1');
 */
import { randomUUID } from 'node:crypto';
import { callServer, type UserServer } from './hub.ts';

export { loginToHub, spawn, type Person, type UserServer } from './hub.ts';

/** A cell's output as a notebook file stores it. */
export interface Output {
  output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  name?: 'stdout' | 'stderr';
  text?: string;
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
  traceback?: string[];
}

export interface CellResult {
  /** `aborted`: the kernel threw the cell away unrun, since an earlier one had failed. */
  status: 'ok' | 'error' | 'aborted';
  outputs: Output[];
  elapsedMs: number;
}

interface Message {
  channel: string;
  header: { msg_type: string };
  parent_header: { msg_id?: string };
  content: Record<string, unknown>;
}

// tslab silently aborts what reaches it within 200 ms of an error.
const PAUSE_AFTER_ERROR_MS = 300;

/** Opens a kernel in the folder of `path` (relative to the person's home). */
export async function startKernel(
  server: UserServer,
  { name = 'tslab', path = 'notebooks/test.ipynb' } = {},
): Promise<Kernel> {
  const body = { name: path, path, type: 'notebook', kernel: { name } };
  const session = (await callServer(server, 'api/sessions', { method: 'POST', body })) as {
    id: string;
    kernel: { id: string };
  };
  const url = new URL(`api/kernels/${session.kernel.id}/channels?session_id=${session.id}`, server.url);
  url.protocol = 'ws:';
  const socket = new WebSocket(url, { headers: { authorization: `token ${server.token}` } });
  await new Promise((open, fail) => {
    socket.onopen = open;
    socket.onerror = () => fail(new Error(`no connection to the kernel at ${url.pathname}`));
  });
  return new Kernel(server, session.id, session.kernel.id, socket);
}

export class Kernel {
  readonly #server: UserServer;
  readonly #sessionId: string;
  readonly #kernelId: string;
  readonly #socket: WebSocket;

  constructor(server: UserServer, sessionId: string, kernelId: string, socket: WebSocket) {
    this.#server = server;
    this.#sessionId = sessionId;
    this.#kernelId = kernelId;
    this.#socket = socket;
  }

  /** Runs one cell to its end. A failing cell is a result, not an exception; a silent kernel throws. */
  async executeCell(code: string, { timeoutMs = 120_000 } = {}): Promise<CellResult> {
    const started = performance.now();
    const { outputs, status } = await this.#request(code, timeoutMs);
    const elapsedMs = performance.now() - started;
    if (status !== 'ok') await new Promise((wake) => setTimeout(wake, PAUSE_AFTER_ERROR_MS));
    return { status, outputs, elapsedMs };
  }

  /** Ends the wait of a running cell, as the stop button does. */
  async interrupt(): Promise<void> {
    await callServer(this.#server, `api/kernels/${this.#kernelId}/interrupt`, { method: 'POST' });
  }

  async shutdown(): Promise<void> {
    this.#socket.close();
    await callServer(this.#server, `api/sessions/${this.#sessionId}`, { method: 'DELETE' });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.shutdown();
  }

  /** Done when the kernel has replied *and* is idle again: the two come over different channels. */
  #request(code: string, timeoutMs: number): Promise<{ status: CellResult['status']; outputs: Output[] }> {
    const id = randomUUID();
    const outputs: Output[] = [];
    return new Promise((resolve, reject) => {
      let status: CellResult['status'] | undefined;
      let idle = false;
      const stop = new AbortController();
      const fail = (why: string) => {
        stop.abort();
        clearTimeout(timer);
        reject(new Error(`${why} while running: ${code.slice(0, 80)}`));
      };
      const timer = setTimeout(() => fail(`the kernel said nothing final for ${timeoutMs / 1000} s`), timeoutMs);
      const listen = (event: MessageEvent) => {
        const message = JSON.parse(String(event.data)) as Message;
        if (message.parent_header.msg_id !== id) return;
        const { msg_type: type } = message.header;
        if (type === 'execute_reply') status = message.content['status'] as CellResult['status'];
        else if (type === 'status') idle = message.content['execution_state'] === 'idle';
        else collect(outputs, type, message.content);
        if (!status || !idle) return;
        stop.abort();
        clearTimeout(timer);
        resolve({ status, outputs });
      };
      this.#socket.addEventListener('message', listen, { signal: stop.signal });
      this.#socket.addEventListener('close', () => fail('the connection closed'), { signal: stop.signal });
      this.#socket.send(JSON.stringify(executeRequest(id, this.#sessionId, code)));
    });
  }
}

function executeRequest(id: string, session: string, code: string): object {
  return {
    channel: 'shell',
    header: { msg_id: id, msg_type: 'execute_request', session, username: '', version: '5.3', date: new Date().toISOString() },
    parent_header: {},
    metadata: {},
    content: { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true },
  };
}

function collect(outputs: Output[], type: string, content: Record<string, unknown>): void {
  const last = outputs.at(-1);
  if (type === 'stream' && last?.output_type === 'stream' && last.name === content['name']) {
    last.text = `${last.text}${content['text']}`;
  } else if (type === 'stream' || type === 'display_data' || type === 'execute_result' || type === 'error') {
    outputs.push({ output_type: type, ...content });
  }
}
