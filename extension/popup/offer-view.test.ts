import { describe, expect, it } from 'vitest';
import type { Badge } from '../../shared/model/badge.ts';
import { instantOf } from '../../shared/model/brands.ts';
import { failure } from '../../shared/model/check.ts';
import type { Facts } from '../../shared/model/errors.ts';
import { type Check, decide } from '../../shared/model/verdict.ts';
import { choiceOf } from '../actions/choice.ts';
import type { LookedCard, NoticedOffer } from '../channel.ts';
import { extensionWords } from '../messages/words.ts';
import { changePopup, claimableKeys, type PopupState, type ShownOffer } from './offer-state.ts';
import { offerView } from './offer-view.ts';
import { popupView } from './popup-view.ts';

const words = extensionWords('UTC');
const at = instantOf(Date.UTC(2026, 10, 23));
const page = 'academy.example';

const badge: Badge = {
  generation: '3.0',
  id: 'urn:uuid:1',
  achievement: { name: 'JavaScript', tags: [], alignments: [] },
  issuer: { id: 'https://academy.example/issuer', name: 'School of Webcraft' },
  recipients: [{ type: 'email', identity: 'sha256$00', hashed: true }],
  evidence: [],
  endorsements: [],
  document: {},
};

const good: Check = {
  check: 'integrity',
  outcome: 'passed',
  detail: { code: 'signature-good', facts: {} },
  source: 'OB 3.0 §8.2',
};

function asks(
  outcome: 'invalid' | 'revoked' | 'expired' | 'unreachable' | 'malformed',
  code: Check['detail']['code'],
): Check {
  return { check: 'status', outcome: 'failed', detail: { code, facts: {} }, source: 'OB 3.0', asks: outcome };
}

function offerOf(key: string, more: Partial<NoticedOffer> = {}): NoticedOffer {
  return { key, kind: 'hosted', host: page, standing: 'new', ...more };
}

function cardOf(key: string, more: Partial<LookedCard> = {}): LookedCard {
  return {
    key,
    badge,
    verdict: decide([good], [], at),
    issuerProof: { kind: 'host', host: page, encrypted: true },
    match: 'yours',
    choice: 'claim',
    ...more,
  };
}

function looked(more: Partial<LookedCard> = {}): ShownOffer {
  return { offer: offerOf('a'), state: { phase: 'looked', card: cardOf('a', more) }, busy: false };
}

describe('a card of the popup', () => {
  it('shows what the page says as said by the page while nothing is checked', () => {
    const view = offerView(
      { offer: offerOf('a', { name: 'JS', issuer: 'Harvard' }), state: { phase: 'looking' }, busy: false },
      words,
      page,
    );
    expect(view).toMatchObject({ name: 'JS', looking: true, pageSays: 'the page says it is from Harvard' });
    expect(view.action).toBeUndefined();
    expect(view.badge).toBeUndefined();
  });

  it('offers one press for a good badge, and leads with the host', () => {
    const view = offerView(looked(), words, page);
    expect(view.action).toEqual({ kind: 'keep', mode: 'claim', label: 'Claim badge' });
    expect(view.badge?.issuer.lead).toBe(page);
    expect(view.recipient).toBeUndefined();
    expect(view.confirm).toBeUndefined();
  });

  it('says whose it is when that is not plain, and asks for the address', () => {
    const view = offerView(looked({ match: 'not-yet-matched' }), words, page);
    expect(view.recipient?.word).toBe('Not yet matched to you');
    expect(view.asksAddress).toBe(true);
    expect(offerView(looked({ match: 'someone-elses' }), words, page).asksAddress).toBe(true);
    expect(offerView(looked({ match: 'yours' }), words, page).asksAddress).toBe(false);
    expect(offerView(looked({ match: 'names-nobody' }), words, page).asksAddress).toBe(false);
  });

  it('claims an expired badge like any, and says since when it is', () => {
    const verdict = decide([good, asks('expired', 'has-expired')], [], at);
    const view = offerView(looked({ verdict }), words, page);
    expect(view.action?.label).toBe('Claim badge');
    expect(view.badge?.verdict.mark).toBe('expired');
    expect(view.sentence).toBe('It ended on a past day.');
  });

  it('keeps an invalid badge only by a second step', () => {
    const verdict = decide([asks('invalid', 'signature-bad')], [], at);
    const view = offerView(looked({ verdict, choice: 'keep-as-unverified' }), words, page);
    expect(view.action?.label).toBe('Keep as unverified');
    expect(view.confirm).toContain('“Not valid”');
    expect(view.picture.struck).toBe(true);
  });

  it('keeps what could not be checked for later, or asks again', () => {
    const verdict = decide([asks('unreachable', 'document-unreachable')], [], at);
    const view = offerView(looked({ verdict, choice: 'keep-and-check-later' }), words, page);
    expect([view.action?.label, view.second?.label]).toEqual(['Keep and check later', 'Try again']);
  });

  it('has nothing to keep of what cannot be read', () => {
    const { badge: _, ...unread } = cardOf('a', {
      verdict: decide([asks('malformed', 'not-json')], [], at),
      issuerProof: { kind: 'none' },
      choice: 'nothing',
    });
    const view = offerView(
      { offer: offerOf('a'), state: { phase: 'looked', card: unread }, busy: false },
      words,
      page,
    );
    expect(view.action).toBeUndefined();
    expect(view.name).toBe('A badge on academy.example');
    expect(view.sentence).toBe('The document is damaged: it cannot be read.');
  });

  it('says of an envelope how many badges it holds and where to take it, and keeps nothing', () => {
    const verdict = decide([failure('form', 'unsupported', 'several-badges', '', { count: 3 })], [], at);
    const { badge: _, ...envelope } = cardOf('a', { verdict, choice: choiceOf(verdict) });
    const view = offerView(
      { offer: offerOf('a'), state: { phase: 'looked', card: envelope }, busy: false },
      words,
      page,
    );
    expect(view.sentence).toBe('This holds 3 badges at once.');
    expect(view.remedy).toBe('Import it in the backpack: every badge inside becomes one of its own.');
    expect(view.action).toBeUndefined();
  });

  it('folds what is in the backpack already, without a button', () => {
    const view = offerView(looked({ alreadyKept: 'badge|abc' }), words, page);
    expect(view.folded).toEqual({ sentence: 'Already in your backpack', undo: false });
    expect(view.action).toBeUndefined();
  });

  it('says that a kind of offer is not supported yet', () => {
    const shown: ShownOffer = {
      offer: offerOf('a', { kind: 'not-supported-yet' }),
      state: { phase: 'failed', error: { code: 'offer-kind-not-supported', facts: {} }, mayKeep: false },
      busy: false,
    };
    const view = offerView(shown, words, page);
    expect(view.sentence).toBe('This kind of offer is not supported yet.');
    expect(view.action).toBeUndefined();
  });
});

describe('a site that the browser keeps from Backpack', () => {
  const withheld = (facts: Facts): ShownOffer => ({
    offer: offerOf('a'),
    state: { phase: 'failed', error: { code: 'access-withheld', facts }, mayKeep: true },
    busy: false,
  });

  it('is not called silent, and can be allowed with one press', () => {
    const view = offerView(
      withheld({ host: 'a.example:8443', origin: 'https://a.example:8443' }),
      words,
      page,
    );
    expect(view.sentence).toBe('This browser does not let Backpack ask a.example:8443.');
    expect(view.action).toEqual({
      kind: 'allow',
      label: 'Allow asking a.example:8443',
      origin: 'https://a.example:8443',
    });
    expect(view.second).toMatchObject({ kind: 'keep', mode: 'keep-and-check-later' });
  });

  it('leaves a silent issuer its own sentence and buttons', () => {
    const { offer } = withheld({});
    const view = offerView(
      {
        offer,
        state: {
          phase: 'failed',
          error: { code: 'offer-unreachable', facts: { host: page } },
          mayKeep: true,
        },
        busy: false,
      },
      words,
      page,
    );
    expect(view.sentence).toBe('academy.example did not answer.');
    expect(view.action).toMatchObject({ kind: 'keep' });
    expect(view.second).toMatchObject({ kind: 'look' });
  });
});

function open(...offers: readonly NoticedOffer[]): PopupState {
  return changePopup(
    { phase: 'opening' },
    { kind: 'opened', tab: { page, access: 'granted', offers, more: false } },
  );
}

describe('the popup', () => {
  it('asks before it looks into the learner’s own network', () => {
    const state = changePopup(open(offerOf('a')), {
      kind: 'looked',
      key: 'a',
      looked: {
        state: 'failed',
        key: 'a',
        error: { code: 'private-address', facts: { host: 'printer.local' } },
        choice: 'nothing',
      },
    });
    const shown = state.phase === 'open' ? state.offers[0] : undefined;
    const view = shown && offerView(shown, words, page);
    expect(view?.action).toEqual({ kind: 'private', label: 'Ask printer.local', host: 'printer.local' });
  });

  it('folds a claimed card and unfolds it when it is undone', () => {
    const before = changePopup(open(offerOf('a')), {
      kind: 'looked',
      key: 'a',
      looked: { state: 'looked', card: cardOf('a') },
    });
    const kept = changePopup(before, {
      kind: 'kept',
      key: 'a',
      mode: 'claim',
      badge: 'badge|abc',
      together: false,
    });
    const keptOffer = kept.phase === 'open' ? kept.offers[0] : undefined;
    expect(keptOffer && offerView(keptOffer, words, page).folded).toEqual({
      sentence: 'In your backpack',
      undo: true,
    });
    const undone = changePopup(kept, { kind: 'undone', key: 'a' });
    const undoneOffer = undone.phase === 'open' ? undone.offers[0] : undefined;
    const view = undoneOffer && offerView(undoneOffer, words, page);
    expect(view?.folded).toBeUndefined();
    expect(view?.action?.label).toBe('Claim badge');
    expect(view?.said).toBe('Taken out of your backpack again');
  });

  it('claims all that is good, and nothing else, once there are two', () => {
    let state = open(...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => offerOf(key)));
    const look = (key: string, more: Partial<LookedCard>): void => {
      state = changePopup(state, {
        kind: 'looked',
        key,
        looked: { state: 'looked', card: cardOf(key, more) },
      });
    };
    look('a', {});
    expect(popupView(state, true, words).claimAll).toEqual([]);
    look('b', {});
    look('c', { choice: 'keep-as-unverified' });
    look('d', { alreadyKept: 'badge|abc' });
    look('e', { verdict: decide([good, asks('expired', 'has-expired')], [], at) });
    look('f', { match: 'someone-elses' });
    expect(popupView(state, true, words).claimAll).toEqual(['a', 'b']);
    look('g', { match: 'not-yet-matched' });
    look('h', { match: 'names-nobody' });
    expect(popupView(state, true, words).claimAll).toEqual(['a', 'b', 'g', 'h']);
    expect(state.phase === 'open' && claimableKeys(state.offers)).toEqual(['a', 'b', 'g', 'h']);
  });

  it('undoes all that was claimed with one press, as long as two of them are there and nothing else is to be claimed', () => {
    let state = open(...['a', 'b', 'c', 'd'].map((key) => offerOf(key)));
    const look = (key: string): void => {
      state = changePopup(state, { kind: 'looked', key, looked: { state: 'looked', card: cardOf(key) } });
    };
    const keep = (key: string, together: boolean): void => {
      const kept = { mode: 'claim', badge: `badge|${key}`, together } as const;
      state = changePopup(state, { kind: 'kept', key, ...kept });
    };
    const keys = () => popupView(state, true, words).undoAll.map(({ offer }) => offer.key);
    for (const key of ['a', 'b', 'c']) look(key);
    expect(keys()).toEqual([]);
    keep('c', false);
    keep('a', true);
    expect(keys()).toEqual([]);
    keep('b', true);
    expect(keys()).toEqual(['a', 'b']);
    look('d');
    expect(keys()).toEqual(['a', 'b']);
    state = changePopup(state, { kind: 'undone', key: 'c' });
    expect(popupView(state, true, words)).toMatchObject({ claimAll: ['c', 'd'], undoAll: [] });
    keep('c', false);
    state = changePopup(state, { kind: 'busy', keys: ['a', 'b'] });
    expect(keys()).toEqual([]);
    state = changePopup(state, { kind: 'said', key: 'a', said: { code: 'unexpected', facts: {} } });
    state = changePopup(state, { kind: 'said', key: 'b', said: { code: 'unexpected', facts: {} } });
    expect(keys()).toEqual(['a', 'b']);
    state = changePopup(state, { kind: 'undone', key: 'a' });
    expect(keys()).toEqual([]);
  });

  it('keeps what was looked at when the frames’ offers join', () => {
    const first = changePopup(open(offerOf('a')), {
      kind: 'looked',
      key: 'a',
      looked: { state: 'looked', card: cardOf('a') },
    });
    const tab = {
      page,
      access: 'granted',
      offers: [offerOf('a'), offerOf('f', { frame: 'ads.example' })],
      more: false,
    } as const;
    const joined = changePopup(first, { kind: 'opened', tab });
    const phases = joined.phase === 'open' ? joined.offers.map((shown) => shown.state.phase) : [];
    expect(phases).toEqual(['looked', 'looking']);
  });

  it('says of many offers how far the looking is, and keeps the line when the last has answered', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    let state = open(...keys.map((key) => offerOf(key)));
    expect(popupView(state, true, words).progress).toBe('0 of 7 looked at');
    for (const key of keys) {
      expect(popupView(state, true, words).progress).toBe(`${keys.indexOf(key)} of 7 looked at`);
      state = changePopup(state, {
        kind: 'looked',
        key,
        looked: { state: 'looked', card: cardOf(key) },
      });
    }
    expect(popupView(state, true, words).progress).toBe('All were looked at');
    expect(
      popupView(open(...keys.slice(1).map((key) => offerOf(key))), true, words).progress,
    ).toBeUndefined();
  });

  it('leaves every other offer the very object that it was, so that only the changed card is drawn', () => {
    const before = open(offerOf('a'), offerOf('b'));
    const after = changePopup(before, {
      kind: 'looked',
      key: 'a',
      looked: { state: 'looked', card: cardOf('a') },
    });
    if (before.phase !== 'open' || after.phase !== 'open') throw new Error('The popup is not open.');
    expect(after.offers[0]).not.toBe(before.offers[0]);
    expect(after.offers[1]).toBe(before.offers[1]);
  });

  it('has words for no offers, for a page of the browser, and for being offline', () => {
    expect(popupView(open(), true, words).title).toBe('No badges on this page');
    const withheld = changePopup(
      { phase: 'opening' },
      { kind: 'opened', tab: { page: '', access: 'withheld', offers: [], more: false } },
    );
    expect(popupView(withheld, true, words).empty?.sentence).toContain('belongs to the browser');
    expect(popupView(open(offerOf('a')), false, words).notice).toContain('offline');
    expect(popupView(open(offerOf('a'), offerOf('b')), true, words).title).toBe(
      '2 badges on academy.example',
    );
  });
});
