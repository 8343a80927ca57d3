import type { Url } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { ReadRows } from '../store/account-rows.ts';
import type { AccountDeps } from './account-deps.ts';

/** The learner's server: his own choice, else that of a development build, else none. */
export async function readServer(rows: ReadRows): Promise<Url | undefined> {
  const chosen = await rows.get('server');
  return chosen === undefined ? defaultServer : (chosen.address ?? undefined);
}

/**
 * Chooses a server, or with `undefined` none, after it has answered as one. With an account it stays where it is.
 * Errors: `account-exists`, `companion-unreachable`, `companion-misbehaved`.
 */
export async function chooseServer(server: Url | undefined, deps: AccountDeps): Promise<Result<null>> {
  const account = await deps.rows.get('account');
  if (account?.enrolled === true && account.server !== server)
    return failed(new BackpackError('account-exists'));
  if (server === undefined) {
    await deps.rows.put('server', { address: null });
    return ok(null);
  }
  const meta = await deps.companion(server).meta();
  if (!meta.ok) return meta;
  // What is signed names the server's own origin: under another name every request would be refused.
  if (meta.value.origin !== new URL(server).origin)
    return failed(new BackpackError('companion-misbehaved', { member: 'origin' }));
  await deps.rows.put('server', { address: server });
  return ok(null);
}

/** Set when the extension is built: the server of `npm start` for a development build, nothing for the stores. */
declare const backpackDefaultServer: Url | undefined;
const defaultServer = typeof backpackDefaultServer === 'undefined' ? undefined : backpackDefaultServer;
