import { SoftwarePasskey } from '../../companion-server/testing/software-authenticator.ts';
import { base64UrlOf, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import type { Passkeys } from '../unlockers/passkey.ts';

const prfInput = utf8('whatever the page asks for');

/** An authenticator in software, with the browser in front of it: it keeps one passkey for each user. */
export type Authenticator = Passkeys & {
  /** the newest last */
  readonly kept: Map<string, SoftwarePasskey>;
  /** the learner's finger or face; without it nothing is made or signed */
  isThere: boolean;
};

export function newAuthenticator(page = `chrome-extension://${'a'.repeat(32)}`): Authenticator {
  const authenticator: Authenticator = {
    kept: new Map(),
    isThere: true,
    make: async (_, user, known) => {
      if (!authenticator.isThere) return failed(new BackpackError('passkey-refused'));
      if ([...authenticator.kept.values()].some(({ credential }) => known.includes(credential)))
        return failed(new BackpackError('unlocker-taken'));
      const passkey = new SoftwarePasskey();
      authenticator.kept.set(base64UrlOf(user), passkey);
      return ok({ credential: passkey.credential, key: passkey.key, prf: passkey.prf(prfInput) });
    },
    use: async (host, challenge, among) => {
      const chosen = [...authenticator.kept.values()]
        .filter(({ credential }) => among.length === 0 || among.includes(credential))
        .at(-1);
      if (!authenticator.isThere || chosen === undefined) return failed(new BackpackError('passkey-refused'));
      const assertion = chosen.assert({
        ...{ host, origin: page, type: 'webauthn.get', flags: 0x05, uses: 0, client: {} },
        challenge: base64UrlOf(challenge),
      });
      return ok({ assertion, prf: chosen.prf(prfInput) });
    },
  };
  return authenticator;
}
