import { setTimeout } from 'node:timers/promises';
import { Browser, type Page } from './browser.ts';

/** A person signed in at the Hub. */
export interface Person {
  login: string;
  browser: Browser;
  baseUrl: string;
}

/** A person's running JupyterLab server; `token` is the one that its page holds. */
export interface UserServer {
  /** Ends with a slash: `http://127.0.0.1:8000/user/dina/`. */
  url: string;
  token: string;
}

/** Signs in through the Hub's form, as a person does. Throws with the form's own words when refused. */
export async function loginToHub(baseUrl: string, login: string, password: string): Promise<Person> {
  const browser = new Browser(baseUrl);
  const form = await browser.open('/hub/login');
  const xsrf = /name="_xsrf" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
  const filled = new URLSearchParams({ _xsrf: xsrf, username: login, password });
  const answer = await browser.open('/hub/login?next=%2Fhub%2Fhome', filled);
  if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${refusal(answer)}`);
  return { login, browser, baseUrl };
}

function refusal({ body, status }: Page): string {
  return /class="login_error">\s*([^<]*?)\s*</.exec(body)?.[1] ?? `HTTP ${status}`;
}

/** Starts the person's server if it does not run, and opens JupyterLab on it. */
export async function spawn(person: Person, { timeoutMs = 60_000 } = {}): Promise<UserServer> {
  const { browser, login } = person;
  const until = Date.now() + timeoutMs;
  let page = await browser.open('/hub/spawn');
  while (Date.now() < until) {
    const token = /"token": "([^"]+)"/.exec(page.body)?.[1];
    if (token) return { url: new URL(`/user/${login}/`, person.baseUrl).href, token };
    await setTimeout(200);
    // The waiting page leads on to JupyterLab once the server answers.
    page = await browser.open(`/hub/spawn-pending/${login}`);
  }
  throw new Error(`the server of ${login} did not start within ${timeoutMs / 1000} s`);
}

/** One call of the user server's REST API; undefined where it answers without a body. */
export async function callServer(
  server: UserServer,
  path: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
): Promise<unknown> {
  const response = await fetch(new URL(path, server.url), {
    method,
    headers: { authorization: `token ${server.token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}
