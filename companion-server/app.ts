import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import { asBackpackError, BackpackError } from '../shared/model/errors.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';
import type { Capacity } from './capacity.ts';
import { type Log, nameOf } from './log.ts';

import { refusal } from './routes/answers.ts';
import { addressBlock, type ClientAddress } from './routes/client-address.ts';
import { missing } from './routes/public-route.ts';
import { routes } from './routes/registry.ts';
import type { Answer, Asked, Route, RouteDeps, Surface } from './routes/route.ts';
import { sendAnswer } from './send-answer.ts';
import { type Admitted, admitRequest } from './use-cases/admit-request.ts';
import { countCall, isUsedUp, type Rate, tooMany } from './use-cases/rates.ts';

export type AppDeps = RouteDeps & {
  readonly clientAddress: ClientAddress;
  readonly capacity: Capacity;
  readonly log: Log;
  /** milliseconds that never jump back, for durations in the log */
  readonly now: () => number;
};

type Environment = { Bindings: { incoming: IncomingMessage; outgoing: ServerResponse } };

/** Mounts the registry of routes: each request is counted, admitted and answered by what its route says as data. */
export function createApp(deps: AppDeps): Hono<Environment> {
  // `/healthz/` is not `/healthz`: what is signed is the address as it was sent.
  const app = new Hono<Environment>({ strict: true });
  for (const route of routes)
    app.on(route.method, route.path, async (context) => {
      const began = deps.now();
      const answer = await answerTo(route, context, deps);
      const sent = send(answer, route.surface, context, deps);
      logAnswer(route, answer, deps.now() - began, deps.log);
      return sent;
    });
  app.notFound((context) => {
    const isCall = context.req.path.startsWith('/v1/');
    const answer = isCall ? refusal(new BackpackError('not-found')) : missing();
    return send(answer, isCall ? 'api' : 'page', context, deps);
  });
  app.onError((thrown, context) => {
    deps.log('failed', nameOf(thrown));
    return send(refusal(asBackpackError(thrown)), 'api', context, deps);
  });
  return app;
}

async function answerTo(route: Route, context: Context<Environment>, deps: AppDeps): Promise<Answer> {
  const place = deps.capacity.place();
  const takesBody = route.maxBodyBytes > 0;
  const busy = () => ({ ...refusal(deps.capacity.refusal()), closes: takesBody });
  try {
    // Whether the server lives is answered under any load.
    if (route.surface !== 'health' && !place.take()) return busy();
    const { incoming } = context.env;
    const address = deps.clientAddress(incoming.socket.remoteAddress, headerOf(incoming, 'x-forwarded-for'));
    const subjectOf = ({ per }: Rate) =>
      per === 'address' ? address : per === 'address-block' ? addressBlock(address) : undefined;
    const counted = await countCall(route.rates, subjectOf, deps);
    if (!counted.ok) return { ...refusal(counted.error), closes: true };
    if (route.failures !== undefined && (await isUsedUp(route.failures, address, deps)))
      return { ...refusal(tooMany(route.failures, deps.clock)), closes: true };
    // Who sends slowly takes nobody's place.
    if (takesBody) place.free();
    const body = await readBody(incoming, route.maxBodyBytes);
    if (!body.ok) return { ...refusal(body.error), closes: true };
    if (takesBody && !place.take()) return busy();
    const admitted = await admittedOf(route, incoming, body.value, deps);
    const answer = admitted.ok
      ? await answerOnce(route, askedOf(context, body.value, admitted.value), admitted.value, deps)
      : refusal(admitted.error);
    if (route.failures !== undefined && answer.status === 401)
      await countCall([route.failures], subjectOf, deps);
    return answer;
  } catch (thrown) {
    const error = asBackpackError(thrown);
    return { ...refusal(error), cause: error.cause ?? thrown };
  } finally {
    place.free();
  }
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
  return admitRequest(came, route.signers, route.rates, deps);
}

function askedOf(context: Context<Environment>, body: Uint8Array, admission: Admitted | undefined): Asked {
  const admitted = () => {
    if (admission === undefined) throw new BackpackError('unexpected');
    return admission;
  };
  return {
    names: context.req.param() as Record<string, string>,
    path: context.req.path,
    query: context.req.query(),
    header: (name: string) => headerOf(context.env.incoming, name),
    body,
    signer: () => admitted().signer,
    admitted,
  };
}

/** Reads a body to its end, or to one byte more than it may have. */
async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Result<Uint8Array>> {
  const tooLarge = () => failed(new BackpackError('too-large', { limit: maxBytes }));
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) return tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maxBytes) return tooLarge();
    chunks.push(chunk);
  }
  return ok(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
}

function send(answer: Answer, surface: Surface, { req, env }: Context<Environment>, deps: AppDeps): Response {
  const isCall = req.path.startsWith('/v1/');
  const ifNoneMatch = headerOf(env.incoming, 'if-none-match');
  return sendAnswer(answer, { surface, isCall, ifNoneMatch }, env.outgoing, deps);
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
