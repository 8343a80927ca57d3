import { asBackpackError, BackpackError } from '../shared/model/errors.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';
import { browser } from './browser.ts';
import type { Reply, ReplyValues, Request, RequestKind } from './channel.ts';

/** Asks the background from a page. The background may be starting just then; the browser keeps the message. */
export async function ask<Kind extends RequestKind>(
  request: Extract<Request, { kind: Kind }>,
): Promise<Result<ReplyValues[Kind]>> {
  try {
    const reply: Reply<ReplyValues[Kind]> | undefined = await browser.runtime.sendMessage(request);
    if (reply === undefined) return failed(new BackpackError('unexpected', {}));
    return reply.ok ? ok(reply.value) : failed(new BackpackError(reply.error.code, reply.error.facts));
  } catch (thrown) {
    return failed(asBackpackError(thrown));
  }
}
