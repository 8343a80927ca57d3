import { type ChildProcess, spawn } from 'node:child_process';
import { patienceMs } from './browser.ts';

type Reply = {
  readonly id?: number;
  readonly type?: string;
  readonly result?: unknown;
  readonly message?: string;
};
type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

const startTimeoutMs = 2 * patienceMs;
const commandTimeoutMs = patienceMs;

/** A running Firefox, spoken to in WebDriver BiDi: one method, no library. */
export class BiDi {
  readonly #browser: ChildProcess;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  private constructor(browser: ChildProcess, socket: WebSocket) {
    this.#browser = browser;
    this.#socket = socket;
    socket.addEventListener('message', (event) => this.#receive(String(event.data)));
    socket.addEventListener('close', () => this.#fail('Firefox has closed the connection.'));
  }

  /** Starts Firefox with its own profile and opens a session. */
  static async launch(program: string, profile: string): Promise<BiDi> {
    const browser = spawn(
      program,
      [
        '--headless',
        '--no-remote',
        '--profile',
        profile,
        '--remote-debugging-port=0',
        // Without it pages of the extension cannot be navigated to.
        '--remote-allow-system-access',
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } },
    );
    const address = await addressSaidBy(browser);
    const socket = new WebSocket(`${address}/session`);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve(), { once: true });
      socket.addEventListener('error', () => reject(new Error('Firefox refused the connection.')), {
        once: true,
      });
    });
    const session = new BiDi(browser, socket);
    await session.send('session.new', { capabilities: {} });
    return session;
  }

  /** One command and its result, unread. Rejects with Firefox's own words. */
  send(method: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${method} was not answered within ${commandTimeoutMs} ms.`));
      }, commandTimeoutMs);
      this.#waiting.set(id, {
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#socket.send(JSON.stringify({ id, method, params: parameters }));
    });
  }

  /** Ends the browser; its profile stays. */
  async close(): Promise<void> {
    const ended = new Promise((done) => this.#browser.once('exit', done));
    if (this.#browser.exitCode !== null) return;
    await this.send('browser.close', {}).catch(() => this.#browser.kill());
    const giveUp = setTimeout(() => this.#browser.kill('SIGKILL'), patienceMs);
    await ended;
    clearTimeout(giveUp);
  }

  #receive(text: string): void {
    const reply = JSON.parse(text) as Reply;
    const waiting = reply.id === undefined ? undefined : this.#waiting.get(reply.id);
    if (reply.id === undefined || waiting === undefined) return;
    this.#waiting.delete(reply.id);
    if (reply.type === 'error') waiting.reject(new Error(reply.message ?? 'Firefox refused a command.'));
    else waiting.resolve(reply.result);
  }

  #fail(message: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(message));
    this.#waiting.clear();
  }
}

function addressSaidBy(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = setTimeout(() => reject(new Error(`Firefox did not start: ${said}`)), startTimeoutMs);
    browser.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(giveUp);
      resolve(address);
    });
    browser.once('error', reject);
    browser.once('exit', () => reject(new Error(`Firefox ended at its start: ${said}`)));
  });
}
