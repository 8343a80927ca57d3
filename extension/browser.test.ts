import { afterEach, describe, expect, it, vi } from 'vitest';

/** What `browser` is, in a browser that has these interfaces. */
async function browserWith(interfaces: Readonly<Record<string, unknown>>): Promise<unknown> {
  for (const [name, value] of Object.entries(interfaces)) vi.stubGlobal(name, value);
  vi.resetModules();
  return (await import('./browser.ts')).browser;
}

afterEach(() => void vi.unstubAllGlobals());

describe('the interfaces of an extension', () => {
  const promising = { runtime: {} };

  it('are taken under the name that the browser gives them', async () => {
    expect(await browserWith({ browser: promising })).toBe(promising);
    vi.unstubAllGlobals();
    expect(await browserWith({ chrome: promising })).toBe(promising);
  });

  it('are those that answer by promises where there are two: Firefox keeps others under the older name', async () => {
    expect(await browserWith({ browser: promising, chrome: { runtime: {} } })).toBe(promising);
  });

  it('are nothing outside a browser', async () => {
    expect(await browserWith({})).toBeUndefined();
  });
});
