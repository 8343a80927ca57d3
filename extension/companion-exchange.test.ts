import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { serveOnLoopback } from '../companion-server/testing/loopback.ts';
import { sameBytes } from '../shared/model/bytes.ts';
import { exchange } from './companion-exchange.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** A real server that answers everything like this. */
async function serverThat(answers: (response: ServerResponse) => void): Promise<string> {
  const { origin, end } = await serveOnLoopback((_, response) => answers(response));
  closing.push(end);
  return `${origin}/`;
}

const bytes = new Uint8Array(20_000_000).map((_, index) => index % 251);
const asked = { method: 'GET', headers: {}, asFile: true } as const;

describe('an answer that comes as a file', () => {
  it('is taken byte for byte up to its ceiling, and not one byte further', async () => {
    const address = await serverThat((response) => response.end(bytes));
    const taken = await exchange({ ...asked, address, maxBytes: bytes.length });
    const file = taken.ok ? taken.value.file : undefined;
    expect(file !== undefined && sameBytes(new Uint8Array(await file.arrayBuffer()), bytes)).toBe(true);
    const refused = await exchange({ ...asked, address, maxBytes: bytes.length - 1 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'companion-misbehaved' } });
  });

  it('is given up at its ceiling where it never ends', async () => {
    const cut = Promise.withResolvers<void>();
    const address = await serverThat((response) => {
      const more = () => {
        while (!response.destroyed && response.write(bytes.subarray(0, 65_536)));
      };
      response.on('drain', more);
      response.on('close', () => cut.resolve());
      more();
    });
    const refused = await exchange({ ...asked, address, maxBytes: 1_000_000 });
    expect(refused).toMatchObject({ error: { code: 'companion-misbehaved', facts: { member: 'size' } } });
    await cut.promise;
  });

  it('is read within the ceiling of a refusal where it is one', async () => {
    const address = await serverThat((response) => response.writeHead(401).end('{"error":"unauthorized"}'));
    const answer = await exchange({ ...asked, address, maxBytes: 1000 });
    expect(answer).toMatchObject({ ok: true, value: { status: 401 } });
    expect(answer.ok && answer.value.file).toBeUndefined();
  });
});
