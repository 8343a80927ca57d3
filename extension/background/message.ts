import type { Runtime } from 'webextension-polyfill';
import { parseCandidates } from '../../shared/model/candidate.ts';
import { parseRequest, type Request } from '../channel.ts';
import type { FrameFound } from './tab-row.ts';

/** A message that the background answers or takes in; everything else is ignored without a sound. */
export type Message =
  | { readonly from: 'page'; readonly request: Request }
  | { readonly from: 'content'; readonly tab: number; readonly url: string; readonly found: FrameFound }
  /** the page offers something: what, is read there */
  | { readonly from: 'content-call'; readonly tab: number };

/**
 * Says what a message is. Requests are taken from this extension's own pages alone, candidates from the content script
 * in a tab's top frame alone: whoever speaks with a page's voice can say "here are candidates", or that there are
 * some, and nothing else.
 */
export function readMessage(
  message: unknown,
  sender: Runtime.MessageSender,
  own: { readonly id: string; readonly origin: string },
): Message | undefined {
  if (sender.id !== own.id) return undefined;
  if (sender.url?.startsWith(own.origin) === true) {
    const request = parseRequest(message);
    return request === undefined ? undefined : { from: 'page', request };
  }
  if (sender.tab?.id === undefined || sender.frameId !== 0 || sender.url === undefined) return undefined;
  if (!/^https?:/.test(sender.url)) return undefined;
  if (isCall(message)) return { from: 'content-call', tab: sender.tab.id };
  const found = foundOf(message);
  if (found === undefined) return undefined;
  const host = new URL(sender.url).host;
  return { from: 'content', tab: sender.tab.id, url: sender.url, found: { ...found, host } };
}

function isCall(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'offers-here'
  );
}

function foundOf(message: unknown): Omit<FrameFound, 'host'> | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('kind' in message) || message.kind !== 'candidates' || !('candidates' in message)) return undefined;
  return readFound(message);
}

/** Reads what a content script found in one frame; `undefined` for anything else. */
export function readFound(value: unknown): Omit<FrameFound, 'host'> | undefined {
  if (typeof value !== 'object' || value === null || !('candidates' in value)) return undefined;
  const base = 'base' in value && typeof value.base === 'string' ? value.base.slice(0, maxBaseLength) : '';
  const { candidates, more } = parseCandidates(value.candidates);
  return { base, candidates, more: more || ('more' in value && value.more === true) };
}

const maxBaseLength = 2_048;
