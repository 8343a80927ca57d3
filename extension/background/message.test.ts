import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from './message.ts';

const own = { id: 'abcdefghijklmnop', origin: 'chrome-extension://abcdefghijklmnop/' };
const popup = { id: own.id, url: `${own.origin}popup/index.html` };
const topFrame = { id: own.id, url: 'https://academy.example/a', frameId: 0, tab: tabOf(7) };
const claim = { kind: 'claim-badge', key: 'https://academy.example/1', mode: 'claim' };
const candidates = {
  kind: 'candidates',
  base: 'https://academy.example/a',
  candidates: [{ content: '/1.json', via: 'meta-tag' }],
  more: false,
};

function tabOf(id: number) {
  return { id, index: 0, highlighted: false, active: true, pinned: false, incognito: false };
}

describe('a message to the background (T64a, T66)', () => {
  it('is a request when one of our own pages sent it', () => {
    expect(readMessage(claim, popup, own)).toEqual({ from: 'page', request: claim });
  });

  it('is a list of candidates when the content script of a top frame sent it', () => {
    expect(readMessage(candidates, topFrame, own)).toEqual({
      from: 'content',
      tab: 7,
      url: 'https://academy.example/a',
      found: {
        base: candidates.base,
        host: 'academy.example',
        candidates: candidates.candidates,
        more: false,
      },
    });
  });

  it('is a call to read the page when the content script of a top frame sent it', () => {
    expect(readMessage({ kind: 'offers-here' }, topFrame, own)).toEqual({ from: 'content-call', tab: 7 });
  });

  it('names the host that the browser says, whatever the message claims', () => {
    const read = readMessage({ ...candidates, host: 'bank.example' }, topFrame, own);
    expect(read?.from === 'content' && read.found.host).toBe('academy.example');
  });

  it.each([
    ['a request of a web page', claim, topFrame],
    ['a request of another extension', claim, { ...popup, id: 'ponmlkjihgfedcba' }],
    ['a request of a page that only begins like ours', claim, { ...popup, url: `https://x/${own.origin}` }],
    ['a request without any sender', claim, {}],
    ['candidates of a frame', candidates, { ...topFrame, frameId: 3 }],
    ['a call of a frame', { kind: 'offers-here' }, { ...topFrame, frameId: 3 }],
    ['a call of one of our own pages', { kind: 'offers-here' }, popup],
    ['candidates of no tab', candidates, { id: own.id, url: topFrame.url, frameId: 0 }],
    ['candidates of another extension', candidates, { ...topFrame, id: 'ponmlkjihgfedcba' }],
    ['candidates of a page that is no web page', candidates, { ...topFrame, url: 'file:///etc/passwd' }],
    ['candidates sent by one of our own pages', candidates, popup],
  ])('is ignored: %s', (_, message, sender) => {
    expect(readMessage(message, sender, own)).toBeUndefined();
  });

  it('is ignored whatever stands in it, unless it has exactly a form that its sender may send', () => {
    const senders = fc.constantFrom(popup, topFrame, { ...topFrame, frameId: 1 }, {});
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), senders, (message, sender) => {
        expect(readMessage(message, sender, own)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is ignored when a request has a member too many, too few, or of another kind', () => {
    const values = fc.anything({ maxDepth: 2 });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), values, (name, value) => {
        if (name === 'kind' || name === 'key' || name === 'mode' || name === '__proto__') return;
        expect(readMessage({ ...claim, [name]: value }, popup, own)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.constantFrom('kind', 'key', 'mode'), values, (name, value) => {
        const changed = { ...claim, [name]: value };
        const read = readMessage(changed, popup, own);
        const mayStay = name === 'key' && typeof value === 'string' && value.length > 0;
        expect(read === undefined || mayStay).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
