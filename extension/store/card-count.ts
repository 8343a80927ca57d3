import type { LocalValues, Tables } from './database.ts';

/** Where the number of cards stands: they lie in packs, and whoever opens the popup asks how many there are. */
export const cardCountKey: keyof LocalValues = 'cards';

export async function readCardCount({ local }: Pick<Tables, 'local'>): Promise<number> {
  return cardCountIn(await local.get(cardCountKey));
}

/** Follows a change of the cards, in its transaction. */
export async function addToCardCount({ local }: Pick<Tables, 'local'>, more: number): Promise<void> {
  await local.put({ key: cardCountKey, value: (await readCardCount({ local })) + more });
}

/** The number in its row; the first card makes it. */
export function cardCountIn(row: { readonly value?: unknown } | undefined): number {
  return Number(row?.value ?? 0);
}
