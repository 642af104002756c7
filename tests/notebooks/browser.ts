import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Page {
  status: number;
  body: string;
}

/**
 * As much of a browser as the Hub's sign-in needs: cookies by path, redirects followed one by one.
 * Not on `fetch`, whose `Sec-Fetch-Mode: cors` makes the Hub refuse what a person's click may do.
 */
export class Browser {
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>();
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Opens a page, or posts `form` first; the page that follows a post is fetched with GET. */
  async open(path: string, form?: URLSearchParams): Promise<Page> {
    let url = new URL(path, this.#baseUrl);
    for (let hop = 0; hop < 20; hop++) {
      const { location, ...page } = await this.#send(url, hop === 0 ? form : undefined);
      if (!location) return page;
      url = new URL(location, url);
    }
    throw new Error(`${path} redirects without end, lastly to ${url.pathname}`);
  }

  async #send(url: URL, form?: URLSearchParams): Promise<Page & { location?: string | undefined }> {
    const headers = {
      cookie: this.#cookieHeader(url.pathname),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const sent = request(url, { method: form ? 'POST' : 'GET', headers }).end(form?.toString());
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve).on('error', reject);
    });
    response.headers['set-cookie']?.forEach((cookie) => this.#keep(cookie));
    const { statusCode: status = 0, headers: { location } } = response;
    return { status, location, body: await text(response) };
  }

  #cookieHeader(path: string): string {
    const matching = [...this.#cookies.values()].filter((cookie) => path.startsWith(cookie.path));
    matching.sort((a, b) => b.path.length - a.path.length);
    return matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    if (value === '""') this.#cookies.delete(`${path} ${name}`);
    else this.#cookies.set(`${path} ${name}`, { name, value, path });
  }
}
