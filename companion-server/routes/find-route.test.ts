import { describe, expect, it } from 'vitest';
import { findRoute, queryOf } from './find-route.ts';

const found = (method: string, target: string) => {
  const { path, route, ...more } = findRoute(method, target);
  return [path, route?.path, 'names' in more ? more.names : {}];
};

describe('the route of a request', () => {
  it('is found by method and path, whatever the query', () => {
    expect(found('POST', '/v1/commits')).toEqual(['/v1/commits', '/v1/commits', {}]);
    expect(found('GET', '/v1/log?after=3')).toEqual(['/v1/log', '/v1/log', {}]);
    expect(found('HEAD', '/v1/nonce')).toEqual(['/v1/nonce', '/v1/nonce', {}]);
    expect(found('GET', 'http://backpack.example/v1/log?after=3')).toEqual(['/v1/log', '/v1/log', {}]);
  });

  it('names what stands in its path, decoded', () => {
    expect(found('GET', '/v1/mailbox/a%2Fb%20c')).toEqual([
      '/v1/mailbox/a%2Fb c',
      '/v1/mailbox/:id',
      { id: 'a/b c' },
    ]);
    expect(found('GET', '/@mia.json')[2]).toEqual({ profile: '@mia.json' });
    expect(found('GET', '/v1/mailbox/%FF%')[2]).toEqual({ id: '%FF%' });
  });

  it('is the first of two that fit', () => {
    expect(found('GET', '/@mia/web.jws')[1]).toBe('/:profile{@[a-z0-9-]+}/:secret{[A-Za-z0-9_-]+[.]jws}');
    expect(found('GET', '/@mia/web')[2]).toEqual({ profile: '@mia', collection: 'web' });
    expect(found('GET', '/@mia/badges/badges/statements').slice(1)).toEqual([
      '/:profile{@[a-z0-9-]+}/:secret{[A-Za-z0-9_-]+}/badges/:id',
      { profile: '@mia', secret: 'badges', id: 'statements' },
    ]);
  });

  it.each([
    ['GET', '/v1/commits'],
    ['OPTIONS', '/v1/log'],
    ['GET', '/healthz/'],
    ['GET', '/v1/log/../commits'],
    ['GET', '*'],
    ['GET', ''],
    ['GET', '//healthz'],
    ['', '/healthz'],
    ['GET', '/healthz#x'],
    // As routes are written, and not as anything is asked for.
    ['GET', '/:profile{@[a-z0-9-]+}'],
    ['GET', '/:profile{@[a-z0-9-]+}/all'],
    ['GET', '/v1/mailbox/'],
    ['GET', '/v1/mailbox/a%00b'],
    ['GET', '/v1/mailbox/a%2500b'],
    ['DELETE', '/v1/unlockers/%00'],
    ['GET', '/@mia/badges/%00/statements'],
    ['GET', '/@mia/'],
  ])('%s %s is nobody’s', (method, target) => {
    expect(findRoute(method, target).route).toBeUndefined();
  });
});

describe('the query of a request', () => {
  it('has the first of two values of one name, decoded', () => {
    expect(queryOf('/v1/log?after=1&limit=2&after=3&x=a%20b+c')).toEqual({
      after: '1',
      limit: '2',
      x: 'a b c',
    });
    expect(queryOf('/v1/log')).toEqual({});
    expect(queryOf('/v1/log?__proto__=1&after')['after']).toBe('');
  });
});
