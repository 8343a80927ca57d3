import type { Offer } from '../../shared/offers/offer.ts';
import type { PrivateHosts } from '../../shared/verify/network-fetcher.ts';
import type { LookedOffer } from '../channel.ts';
import type { LookedRow } from '../store/database.ts';
import type { ActionDeps } from './deps.ts';
import { look } from './look.ts';
import { lookedOfferOf } from './looked-offer.ts';

export type OfferToLookAt = {
  readonly key: string;
  readonly offer: Exclude<Offer, { kind: 'not-supported-yet' }>;
  readonly name?: string;
  readonly issuer?: string;
  readonly page: string;
};

/**
 * Looks at an offer of a page for the popup and keeps what it found, so that a claim needs nothing more than the
 * offer's key, also when the background was stopped in between.
 */
export async function lookAtOffer(
  asked: OfferToLookAt,
  privateHosts: PrivateHosts,
  deps: ActionDeps,
): Promise<LookedOffer> {
  const { offer } = asked;
  const input =
    offer.kind === 'hosted'
      ? ({ kind: 'address', address: offer.address } as const)
      : ({ kind: 'bytes', bytes: offer.bytes } as const);
  const row: LookedRow = {
    key: asked.key,
    at: deps.clock(),
    ...(offer.kind === 'hosted' ? { address: offer.address } : {}),
    ...(asked.name === undefined ? {} : { name: asked.name }),
    ...(asked.issuer === undefined ? {} : { issuer: asked.issuer }),
    page: asked.page,
    ...(await look(input, privateHosts, deps)),
  };
  await keepLooked(row, deps);
  return lookedOfferOf(row, deps);
}

/** Keeps what a look found; the oldest go, so that a page with endless offers cannot fill the disk. */
export async function keepLooked(row: LookedRow, { store }: Pick<ActionDeps, 'store'>): Promise<void> {
  await store.write(['looked'], async ({ looked }) => {
    await looked.put(row);
    const beyond = (await looked.count()) - maxLooked;
    if (beyond > 0) await looked.deleteChosen({ index: 'at', limit: beyond });
  });
}

/** A page may offer 200, and two popups may be open. */
const maxLooked = 400;
