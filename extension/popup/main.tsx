import { render } from 'preact';
import { browser } from '../browser.ts';
import '../../shared/components/tokens.css';
import '../../shared/components/base.css';
import '../../shared/components/controls.css';
import '../extension-page.css';
import './popup.css';
import { extensionWords } from '../messages/words.ts';
import { runAsWords } from '../run-as-words.ts';
import { firstLook } from '../store/first-look.ts';
import { readTabOffers } from '../store/tab-offers.ts';
import type { PopupState } from './offer-state.ts';
import { changePopup } from './offer-state.ts';
import { Popup } from './popup.tsx';

/** The tab that the popup stands over, or the one named in the address when it is opened as a page itself. */
async function tabOfPopup(): Promise<number> {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null && /^\d{1,15}$/.test(named)) return Number(named);
  const [active] = await browser.tabs.query({ active: true, currentWindow: true });
  return active?.id ?? 0;
}

/** What is already known of the tab, so that the first paint has its cards without waiting for the background. */
async function firstState(tab: number): Promise<PopupState> {
  const kept = await readTabOffers(tab);
  if (kept === undefined) return { phase: 'opening' };
  const standings = await firstLook(kept.offers.map((offer) => offer.key));
  const { page, access, more } = kept;
  const offers = kept.offers.map((offer) => ({ ...offer, standing: standings.get(offer.key) ?? 'new' }));
  return changePopup({ phase: 'opening' }, { kind: 'opened', tab: { page, access, more, offers } });
}

async function open(): Promise<void> {
  const tab = await tabOfPopup();
  const first = await firstState(tab);
  const root = document.getElementById('popup');
  if (root === null) return;
  root.replaceChildren();
  document.documentElement.classList.toggle('popup-as-page', location.search !== '');
  const words = extensionWords(timeZone());
  runAsWords(words.formats);
  render(<Popup tab={tab} first={first} words={words} />, root);
}

function timeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

void open();
