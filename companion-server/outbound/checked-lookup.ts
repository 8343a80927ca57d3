import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Every address of a name, IPv4 and IPv6. */
export type ResolveName = (name: string) => Promise<readonly LookupAddress[]>;

/** Thrown into the socket when a name leads to an address that may not be reached. */
export class AddressRefused extends Error {
  readonly code = 'EADDRREFUSED';
}

/**
 * A socket's own lookup: one bad answer refuses the name, and the socket connects to an address checked here.
 * Nothing resolves the name a second time, so a name that changes its answer between check and connection
 * gains nothing. It is never called for literal addresses: those are judged before.
 */
export function checkedLookup(resolve: ResolveName, isAllowed: (address: string) => boolean): LookupFunction {
  return (name, options, answer) => {
    resolve(name).then(
      (addresses) => {
        const first = addresses[0];
        if (first === undefined)
          return answer(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
        if (!addresses.every((each) => isAllowed(each.address)))
          return answer(new AddressRefused('name leads to a private address'), '', 0);
        if (wantsAll(options)) return answer(null, [...addresses]);
        return answer(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => answer(error, '', 0),
    );
  };
}

function wantsAll(options: { all?: boolean | undefined }): options is LookupAllOptions {
  return options.all === true;
}
