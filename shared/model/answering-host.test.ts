import { describe, expect, it } from 'vitest';
import { answeringHost } from './answering-host.ts';
import { parseUrl } from './brands.ts';

function hostOf(requested: string, final: string) {
  const asked = parseUrl(requested);
  const answered = parseUrl(final);
  if (!asked.ok || !answered.ok) throw new Error('no address');
  return answeringHost({ requested: asked.value, url: answered.value });
}

describe('the host whose word an answer is', () => {
  it('is the one that was asked and answered, however the path moved', () => {
    expect(hostOf('https://a.example/1', 'https://a.example/2')).toEqual({
      host: 'a.example',
      encrypted: true,
    });
    expect(hostOf('https://a.example/1', 'https://www.a.example/1')).toEqual({
      host: 'a.example',
      encrypted: true,
    });
  });

  it('was not asked in private when any step was plain', () => {
    expect(hostOf('http://a.example/1', 'https://a.example/1')?.encrypted).toBe(false);
    expect(hostOf('https://a.example/1', 'http://a.example/1')?.encrypted).toBe(false);
  });

  it('is nobody once a redirect led to another host or port', () => {
    expect(hostOf('https://a.example/leave?to=b', 'https://b.example/')).toBeUndefined();
    expect(hostOf('https://a.example/1', 'https://a.example:8443/1')).toBeUndefined();
    expect(hostOf('https://a.example/1', 'https://a.example.evil/1')).toBeUndefined();
  });
});
