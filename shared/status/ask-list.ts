import { failure } from '../model/check.ts';
import type { Fetched } from '../model/effects.ts';
import { hostOf } from '../model/host-of.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { Session } from '../model/session.ts';
import type { Check } from '../model/verdict.ts';

/** Asks for a list at its address; `facts`: whose it is. Nobody who answers says nothing: that asks `unreachable`. */
export async function askList(
  address: string,
  source: string,
  session: Session,
  accept?: string,
): Promise<Result<{ readonly answer: Fetched; readonly facts: { readonly host: string } }, Check>> {
  const facts = { host: hostOf(address) };
  const answer = await session.read(address, accept);
  return answer.ok && answer.value.status === 200
    ? ok({ answer: answer.value, facts })
    : failed(failure('status', 'unreachable', 'status-unreachable', source, facts));
}
