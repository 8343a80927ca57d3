import {
  emptyMailbox as emptyCall,
  fillMailbox as fillCall,
  parseFillMailboxRequest,
} from '../../shared/protocol/mailbox.ts';
import { emptyMailbox, fillMailbox } from '../use-cases/mailbox.ts';
import { json, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { lettersPerAccount } from './rates.ts';

export const mailboxFilling = apiRoute(
  fillCall,
  async ({ body, names, signer }, deps) => {
    const letter = parseFillMailboxRequest(body);
    if (!letter.ok) return refusal(letter.error);
    const isNew = await fillMailbox(names['id'] ?? '', signer().account, letter.value.box, deps);
    return isNew.ok ? json(isNew.value ? 201 : 200, {}) : refusal(isNew.error);
  },
  { rates: [lettersPerAccount] },
);

export const mailbox = apiRoute(emptyCall, async ({ names }, deps) => {
  const box = await emptyMailbox(names['id'] ?? '', deps);
  return box.ok ? json(200, { box: box.value }) : refusal(box.error);
});
