import { createHash } from 'node:crypto';
import { type Handle, parseHandle } from '../../shared/model/brands.ts';
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

export function page(text: string, tag: string = tagOf(text)): Answer {
  return { status: 200, body: text, headers: { ...html, etag: tag } };
}

/** The same for what never was and for what its owner shows no more. */
export function missing(): Answer {
  return { status: 404, body: missingPage(), headers: html };
}

/** What is answered for a handle under which nothing is shown, to people or, as `data`, to programs. */
export async function absent(
  handle: Handle | undefined,
  form: 'page' | 'data',
  deps: Pick<RouteDeps, 'storage'>,
): Promise<Answer> {
  const why = handle === undefined ? 'none' : await whyAbsent(handle, deps);
  if (form === 'data') return dataRefusal(why === 'taken-down' ? 'profile-taken-down' : 'not-found');
  return why === 'taken-down' ? { status: 410, body: takenDownPage(), headers: html } : missing();
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
