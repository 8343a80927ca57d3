import { afterAll, describe, expect, it } from 'vitest';
import type { Instant } from '../shared/model/brands.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { ask } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

afterAll(endTestServers);

async function textAt(server: TestServer, path: string): Promise<string> {
  const reply = await ask(server.address, 'GET', path);
  expect([path, reply.status]).toEqual([path, 200]);
  return reply.body.toString();
}

describe('reporting a page', () => {
  it('is two clicks from every page that a learner published, which it names', async () => {
    const server = await startTestServer({
      RATE_SCALE: '1000',
      PUBLIC_ORIGIN: 'https://badges.example',
      REPORT_CONTACT: 'abuse@badges.example',
    });
    const mia = await Publisher.create(server);
    const { hash } = await mia.lay((await buildBadge()).bytes);
    const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
    expect((await mia.publish([{ doc: hash, with: [], seenValidAt, recipient: 'hidden' }])).status).toBe(201);
    for (const path of [`/@${mia.handle}`, `/@${mia.handle}/badges/${hash.slice(0, 22)}`]) {
      const link = /href="(\/report[^"]*)"/.exec(await textAt(server, path))?.[1] ?? '';
      const report = await textAt(server, link);
      expect(report).toContain(`>https://badges.example${path}<`);
      expect(report).toContain('href="mailto:abuse@badges.example"');
    }
  });

  it('shows nothing that a stranger put into the address', async () => {
    const server = await startTestServer({ REPORT_CONTACT: 'https://badges.example/contact' });
    const strange = [
      '<script>alert(1)</script>',
      'https://evil.example/@mia',
      '//evil.example/@mia',
      '/@mia/../../evil',
      '/@mia<b>',
      '/@mia/badges/short',
      `/@${'m'.repeat(31)}`,
      'javascript:alert(1)',
    ];
    const plain = await textAt(server, '/report');
    expect(plain).toContain('href="https://badges.example/contact"');
    for (const page of strange)
      expect(await textAt(server, `/report?page=${encodeURIComponent(page)}`)).toBe(plain);
    // The twin: what may be a page here is named.
    expect(await textAt(server, '/report?page=/@mia')).toContain('/@mia<');
  });

  it('says so where the operator has not said how to be reached', async () => {
    const server = await startTestServer();
    const report = await textAt(server, '/report?page=/@mia');
    expect(report).toContain('has not said how to be reached');
    expect(report).not.toContain('mailto:');
  });
});
