import type { IncomingMessage } from 'node:http';

/** What a route answers with. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/** What a route is asked. */
export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly form: URLSearchParams;
  /** the e-mail address that badges are made out to, from the school's own cookie */
  readonly learner: string | undefined;
};

export type Route = {
  readonly method: 'GET' | 'POST';
  /** named groups reach the route as parameters */
  readonly path: RegExp;
  readonly answer: (asked: Asked, parameters: Readonly<Record<string, string>>) => Promise<Answer> | Answer;
};

/** Largest form that is read, in bytes. */
const maxFormBytes = 32 * 1024;

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function page(markup: string, status = 200): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy,
      'Cache-Control': 'no-store',
    },
    body: markup,
  };
}

export function redirect(path: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 303, headers: { Location: path, ...headers }, body: '' };
}

/** A document that verifiers fetch: readable from everywhere, as OB 2.0 asks of hosted badges. */
export function document(body: string | Uint8Array, mediaType: string, status = 200): Answer {
  return {
    status,
    headers: { 'Content-Type': mediaType, 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-cache' },
    body,
  };
}

/** Reads a form within bounds; `undefined` when it is larger than any of the school's forms. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxFormBytes) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
