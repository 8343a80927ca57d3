import type { Identity } from '../shared/model/badge.ts';
import type { Result } from '../shared/model/result.ts';
import { ask } from './ask.ts';
import type { Request } from './channel.ts';
import { readIdentities } from './store/badges.ts';

type SentIdentity = Extract<Request, { kind: 'set-identities' }>['identities'][number];

const kinds: readonly SentIdentity['type'][] = ['email', 'url', 'telephone', 'did'];

/** Adds an address to the learner's own; one that is there already stays as it is. */
export async function addOwnAddress(added: Identity): Promise<Result<null>> {
  const others = await readIdentities();
  return send([...others.filter((one) => !isSame(one, added)), added]);
}

/** Forgets one of the learner's addresses. */
export async function removeOwnAddress(removed: Identity): Promise<Result<null>> {
  const others = await readIdentities();
  return send(others.filter((one) => !isSame(one, removed)));
}

function isSame(one: Identity, other: Identity): boolean {
  return one.type === other.type && one.value === other.value;
}

async function send(identities: readonly Identity[]): Promise<Result<null>> {
  const sent = identities.flatMap(({ type, value }): SentIdentity[] => {
    const kind = kinds.find((one) => one === type);
    return kind === undefined ? [] : [{ type: kind, value }];
  });
  return ask<'set-identities'>({ kind: 'set-identities', identities: sent });
}
