import type { Call } from '../../shared/protocol/call.ts';
import { perAccount, perAddress, refusedCalls } from './rates.ts';
import type { Route } from './route.ts';

/** The route of one call of the contract: path, signers and ceiling are the contract's own. */
export function apiRoute(
  call: Call,
  answer: Route['answer'],
  more: Partial<Pick<Route, 'rates' | 'failures' | 'remembersItself'>> = {},
): Route {
  const counted =
    call.signers.length === 0 || call.signers.includes('genesis') || call.signers.includes('recovery');
  const failures = more.failures ?? (call.signers.length > 0 ? refusedCalls : undefined);
  return {
    method: call.method === 'HEAD' ? 'GET' : call.method,
    path: call.path,
    signers: call.signers,
    surface: 'api',
    maxBodyBytes: call.maxBodyBytes,
    rates: [counted ? perAddress : perAccount, ...(more.rates ?? [])],
    ...(failures === undefined ? {} : { failures }),
    ...(more.remembersItself === true ? { remembersItself: true } : {}),
    answer,
  };
}
