import type { ActionDeps } from './deps.ts';

type DismissDeps = Pick<ActionDeps, 'store' | 'clock'>;

/** Remembers that the learner does not want this offer; it is not counted again. */
export async function dismissOffer(key: string, { store, clock }: DismissDeps): Promise<void> {
  await store.write(['offerPacks'], ({ offers }) =>
    offers.put([{ id: key, standing: 'dismissed', at: clock() }]),
  );
}

/** Makes a dismissed offer new again; one that was claimed meanwhile stays claimed. */
export async function undoDismiss(key: string, { store }: DismissDeps): Promise<void> {
  await store.write(['offerPacks'], async ({ offers }) => {
    const [offer] = await offers.get([key]);
    if (offer?.standing === 'dismissed') await offers.remove([key]);
  });
}
