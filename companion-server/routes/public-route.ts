import { createHash } from 'node:crypto';
import { type Handle, parseHandle } from '../../shared/model/brands.ts';
import { missingPage } from '../pages/missing-page.tsx';
import type { Answer, Asked, Route, Surface } from './route.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };

/** The route of something that anyone may read. Public pages have no limit per address (design §16). */
export function publicRoute(path: string, surface: Surface, answer: Route['answer']): Route {
  return { method: 'GET', path, signers: [], surface, maxBodyBytes: 0, rates: [], answer };
}

export function page(text: string, tag: string = tagOf(text)): Answer {
  return { status: 200, body: text, headers: { ...html, etag: tag } };
}

/** The same for what never was and for what was taken down. */
export function missing(): Answer {
  return { status: 404, body: missingPage(), headers: html };
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
