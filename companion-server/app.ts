import type { IncomingMessage, RequestListener } from 'node:http';
import { asBackpackError, BackpackError } from '../shared/model/errors.ts';
import { ok, type Result } from '../shared/model/result.ts';
import type { Capacity } from './capacity.ts';
import type { InTransit } from './in-transit.ts';
import { type Log, nameOf } from './log.ts';
import { readBody } from './read-body.ts';
import { refusal } from './routes/answers.ts';
import { addressBlock, addressHolder, type ClientAddress } from './routes/client-address.ts';
import { type Found, findRoute, queryOf } from './routes/find-route.ts';
import { missing } from './routes/public-route.ts';
import type { Answer, Asked, Route, RouteDeps } from './routes/route.ts';
import { sendAnswer } from './send-answer.ts';
import { type Admitted, admitRequest } from './use-cases/admit-request.ts';
import { attemptOnce } from './use-cases/attempts.ts';
import { countCall, type Rate } from './use-cases/rates.ts';

export type AppDeps = RouteDeps & {
  readonly clientAddress: ClientAddress;
  readonly capacity: Capacity;
  readonly inTransit: InTransit;
  readonly log: Log;
  /** milliseconds that never jump back, for durations in the log */
  readonly now: () => number;
};

/**
 * Answers each request by what its route says as data: it is counted, admitted and answered. Node's own request and
 * response all the way: the platform's take longer to make than most answers.
 */
export function createApp(deps: AppDeps): RequestListener {
  return async (incoming, outgoing) => {
    const ifNoneMatch = headerOf(incoming, 'if-none-match');
    try {
      const found = findRoute(incoming.method ?? '', incoming.url ?? '');
      const isCall = found.path.startsWith('/v1/');
      const asked = { isCall, ifNoneMatch };
      if (found.route === undefined) {
        const answer = isCall ? refusal(new BackpackError('not-found')) : missing();
        sendAnswer(answer, { ...asked, surface: isCall ? 'api' : 'page' }, outgoing, deps);
        return;
      }
      const began = deps.now();
      const answer = await answerTo(found, incoming, deps);
      sendAnswer(answer, { ...asked, surface: found.route.surface }, outgoing, deps);
      logAnswer(found.route, answer, deps.now() - began, deps.log);
    } catch (thrown) {
      deps.log('failed', nameOf(thrown));
      if (outgoing.headersSent) outgoing.destroy();
      else
        sendAnswer(
          refusal(asBackpackError(thrown)),
          { surface: 'api', isCall: false, ifNoneMatch },
          outgoing,
          deps,
        );
    }
  };
}

async function answerTo(
  { route, path, names }: Found,
  incoming: IncomingMessage,
  deps: AppDeps,
): Promise<Answer> {
  const place = deps.capacity.place();
  let held = 0;
  const took = (bytes: number) => {
    held += bytes;
    deps.inTransit.add(incoming.socket, bytes);
  };
  // One of unknown length may be long in coming also where there should be none.
  const isComing = route.maxBodyBytes > 0 || incoming.headers['transfer-encoding'] !== undefined;
  const busy = () => ({ ...refusal(deps.capacity.refusal()), closes: isComing });
  // Whether the server lives is answered under any load.
  const hasPlace = () => route.surface === 'health' || place.take();
  try {
    if (!hasPlace()) return busy();
    const addressOf = () =>
      deps.clientAddress(incoming.socket.remoteAddress, headerOf(incoming, 'x-forwarded-for'));
    const subjectOf = ({ per }: Rate) =>
      per === 'address'
        ? addressHolder(addressOf())
        : per === 'address-block'
          ? addressBlock(addressOf())
          : undefined;
    const counted = await countCall(route.rates, subjectOf, deps);
    if (!counted.ok) return { ...refusal(counted.error), closes: true };
    return await attempted(route, addressOf, deps, async () => {
      // Who sends slowly takes nobody's place.
      if (isComing) place.free();
      const body = await readBody(incoming, route.maxBodyBytes, took);
      if (!body.ok) return { ...refusal(body.error), closes: true };
      if (isComing && !hasPlace()) return busy();
      const admitted = await admittedOf(route, incoming, body.value, deps);
      if (!admitted.ok) return refusal(admitted.error);
      const asked = askedOf({ path, names }, incoming, body.value, admitted.value);
      return answerOnce(route, asked, admitted.value, deps);
    });
  } catch (thrown) {
    const error = asBackpackError(thrown);
    return { ...refusal(error), cause: error.cause ?? thrown };
  } finally {
    deps.inTransit.done(incoming.socket, held);
    place.free();
  }
}

/** The answer of a route, which is an attempt that failed where it refuses whoever asks. */
async function attempted(
  { failures }: Route,
  addressOf: () => string,
  deps: AppDeps,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  if (failures === undefined) return answer();
  const hasFailed = ({ status }: Answer) => status === 401;
  const answered = await attemptOnce(
    { attempt: answer, hasFailed },
    failures,
    addressHolder(addressOf()),
    deps,
  );
  return answered.ok ? answered.value : { ...refusal(answered.error), closes: true };
}

/** Answers a request that was never seen before, and remembers it; before its effects, or with them. */
async function answerOnce(
  route: Route,
  asked: Asked,
  admitted: Admitted | undefined,
  deps: AppDeps,
): Promise<Answer> {
  const before = route.remembersItself === true ? undefined : await admitted?.remember();
  if (before?.ok === false) return refusal(before.error);
  const answer = await route.answer(asked, deps);
  // A route that remembers with its effects has not where it refused before it came to them.
  const after = await admitted?.remember();
  return after?.ok === false ? refusal(after.error) : answer;
}

async function admittedOf(
  route: Route,
  incoming: IncomingMessage,
  body: Uint8Array,
  deps: AppDeps,
): Promise<Result<Admitted | undefined>> {
  if (route.signers.length === 0) return ok(undefined);
  const came = {
    authorization: headerOf(incoming, 'authorization'),
    method: incoming.method ?? '',
    address: `${deps.publicOrigin}${incoming.url ?? ''}`,
    body,
  };
  return admitRequest(came, route, deps);
}

function askedOf(
  place: Pick<Asked, 'path' | 'names'>,
  incoming: IncomingMessage,
  body: Uint8Array,
  admission: Admitted | undefined,
): Asked {
  const admitted = () => {
    if (admission === undefined) throw new BackpackError('unexpected');
    return admission;
  };
  return {
    ...place,
    query: queryOf(incoming.url ?? ''),
    header: (name: string) => headerOf(incoming, name),
    body,
    signer: () => admitted().signer,
    admitted,
  };
}

function headerOf(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function logAnswer(route: Route, { status, cause }: Answer, ms: number, log: Log): void {
  if (status >= 500 && cause !== undefined) log('failed', { path: route.path, status, ...nameOf(cause) });
  if (route.surface !== 'health')
    log('answered', { method: route.method, path: route.path, status, ms: Math.round(ms) });
}
