import { createHash } from 'node:crypto';
import { type Handle, parseHandle } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { missingPage } from '../pages/missing-page.tsx';
import { takenDownPage } from '../pages/taken-down-page.tsx';
import { whyAbsent } from '../use-cases/why-absent.ts';
import { refusal } from './answers.ts';
import type { Answer, Asked, Route, RouteDeps, Surface } from './route.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };

/** The route of something that anyone may read. Public pages have no limit per address (design §16). */
export function publicRoute(path: string, surface: Surface, answer: Route['answer']): Route {
  return { method: 'GET', path, signers: [], surface, maxBodyBytes: 0, rates: [], answer };
}

/** `text`: none where whoever asks has the page of that tag already. */
export function page(text: string | Bytes | null, tag: string = tagOf(text ?? '')): Answer {
  return asPage(text, { ...html, etag: tag });
}

/** The same of something else than HTML. */
export function asPage(text: string | Bytes | null, headers: NonNullable<Answer['headers']>): Answer {
  return { status: 200, ...(text === null ? {} : { body: text }), headers };
}

/** The same for what never was and for what its owner shows no more. */
export function missing(): Answer {
  return { status: 404, body: missingPage(), headers: html };
}

/** An address below a handle. Nothing else of what was asked for is ever sent back in a header. */
const below = /^\/@([a-z0-9-]+)((?:[/.][A-Za-z0-9_-]+)*)$/;

/** What is answered at an address of a profile where nothing is shown, to people or, as `data`, to programs. */
export async function absent(
  { path }: Asked,
  form: 'page' | 'data',
  deps: Pick<RouteDeps, 'storage' | 'clock'>,
): Promise<Answer> {
  const [, name = '', rest = ''] = below.exec(path) ?? [];
  const handle = parseHandle(name);
  const absence = handle.ok ? await whyAbsent(handle.value, deps) : ({ why: 'none' } as const);
  if (absence.why === 'moved') return { status: 308, headers: { location: `/@${absence.to}${rest}` } };
  const isTakenDown = absence.why === 'taken-down';
  if (form === 'data') return dataRefusal(isTakenDown ? 'profile-taken-down' : 'not-found');
  return isTakenDown ? { status: 410, body: takenDownPage(), headers: html } : missing();
}

/** In the words of the contract, for whoever asks by it; kept by caches as long as what it stands in for. */
function dataRefusal(code: 'not-found' | 'profile-taken-down'): Answer {
  const { headers: _, ...answer } = refusal(new BackpackError(code));
  return { ...answer, headers: { 'content-type': 'application/json' } };
}

/** A strong tag made of what is sent. */
export function tagOf(text: string | Uint8Array): string {
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

/** The handle of `@handle` or `@handle.ending`. */
export function handleIn({ names }: Asked, ending = ''): Handle | undefined {
  const name = names['profile'] ?? '';
  const handle = parseHandle(name.slice(1, name.length - ending.length));
  return handle.ok ? handle.value : undefined;
}
