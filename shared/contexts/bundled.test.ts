import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../model/bytes.ts';
import { bundledContexts, contextOf } from './bundled.ts';

describe('the bundled contexts', () => {
  it.each(bundledContexts)('$file is byte for byte the published one', async ({ file, hash }) => {
    expect(await sha256Of(readFileSync(new URL(file, import.meta.url)))).toBe(hash);
  });

  it('has each address once, and each holds a context', () => {
    expect(new Set(bundledContexts.map(({ address }) => address)).size).toBe(bundledContexts.length);
    for (const { address } of bundledContexts) expect(contextOf(address)).toHaveProperty('@context');
  });

  it('never lets one version of a context stand in for another', () => {
    const unversioned = contextOf('https://purl.imsglobal.org/spec/ob/v3p0/context.json');
    expect(contextOf('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json')).not.toEqual(unversioned);
    expect(contextOf('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.4.json')).toBeUndefined();
    expect(contextOf('http://www.w3.org/ns/credentials/v2')).toBeUndefined();
  });

  it('leaves out the vocabularies of examples, which swallow every word', () => {
    expect(contextOf('https://www.w3.org/ns/credentials/examples/v2')).toBeUndefined();
    expect(contextOf('https://w3id.org/citizenship/v4rc1')).toBeUndefined();
  });
});
