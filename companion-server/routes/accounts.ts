import {
  createAccount,
  exportAccount as exportCall,
  parseCreateAccountRequest,
  removeAccount,
} from '../../shared/protocol/accounts.ts';
import { exportAccount } from '../use-cases/export-account.ts';
import { deleteAccount } from '../use-cases/hold-handle.ts';
import { openAccount } from '../use-cases/open-account.ts';
import { json, nothing, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { accountsPerBlock, exportsPerAccount } from './rates.ts';

export const accounts = apiRoute(
  createAccount,
  async ({ body }, deps) => {
    const request = parseCreateAccountRequest(body);
    const opened = request.ok ? await openAccount(request.value, deps) : request;
    if (!opened.ok) return refusal(opened.error);
    const { isNew, ...reply } = opened.value;
    return json(isNew ? 201 : 200, reply);
  },
  { rates: [accountsPerBlock] },
);

export const accountRemoval = apiRoute(removeAccount, async ({ signer }, deps) => {
  const removed = await deleteAccount(signer().account, deps);
  return removed.ok ? nothing : refusal(removed.error);
});

export const accountExport = apiRoute(
  exportCall,
  async ({ signer }, { storage }) => {
    const lines = await exportAccount(signer().account, storage);
    if (!lines.ok) return refusal(lines.error);
    return { status: 200, body: lines.value, headers: { 'content-type': 'application/x-ndjson' } };
  },
  { rates: [exportsPerAccount] },
);
