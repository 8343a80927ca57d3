import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';
import { utf8 } from '../../shared/model/bytes.ts';
import { createAccount } from '../../shared/protocol/accounts.ts';
import { nonceHeader } from '../../shared/protocol/call.ts';
import { parseCommit } from '../../shared/sync/commit.ts';
import type { AccountId, LogHead } from '../../shared/sync/shapes.ts';

/** What a client told of itself as it opened its account. */
export type Opened = { readonly acct: AccountId; readonly genesis: string; readonly head: LogHead };

/** Answers one call; `times`: how often it was asked before. */
export type Reply = (
  response: ServerResponse,
  asked: { readonly opened: Opened | undefined; readonly times: number },
) => void | Promise<void>;

/** Replies by path: what is not named is not there. */
export type Replies = Readonly<Record<string, Reply>>;

/** A server that opens accounts as it should, and answers everything else as it is told. */
export async function startReplyServer(replies: Replies) {
  const asked = new Map<string, number>();
  let opened: Opened | undefined;
  return serveOnLoopback(async (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    response.setHeader(nonceHeader, 'nonce');
    if (request.method === 'HEAD') return void response.writeHead(204).end();
    if (path === createAccount.path) {
      opened = await openedBy(await text(request));
      const { acct: account, head } = opened;
      return void response.writeHead(201).end(JSON.stringify({ account, head }));
    }
    const times = asked.get(path) ?? 0;
    asked.set(path, times + 1);
    const reply = replies[path];
    if (reply === undefined) response.writeHead(404).end();
    else await reply(response, { opened, times });
  });
}

async function openedBy(body: string): Promise<Opened> {
  const { genesis } = JSON.parse(body) as { genesis: string };
  const parsed = await parseCommit(genesis);
  if (!parsed.ok) throw parsed.error;
  return { acct: parsed.value.commit.acct, genesis, head: { n: 0, h: parsed.value.hash } };
}

/** The same bytes again and again, until the client has had enough. */
export const endlessly =
  (piece: Uint8Array): Reply =>
  (response) => {
    const more = () => {
      while (response.write(piece));
    };
    response.on('drain', more);
    more();
  };

export const whole =
  (body: string | Uint8Array): Reply =>
  (response) =>
    void response.end(typeof body === 'string' ? utf8(body) : body);
