import type { ServerResponse } from 'node:http';
import type { Misbehaviour } from './gallery.ts';

const sixMebibytes = 6 * 1024 * 1024;

/** Answers an offer's address as badly as asked. */
export function misbehave(how: Misbehaviour, response: ServerResponse): void {
  switch (how) {
    case 'fails':
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end('The server has failed.');
      return;
    case 'missing':
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Nothing is here.');
      return;
    case 'silent':
      // The question is kept open until the other side gives up or the school ends.
      return;
    case 'large':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(`{"type":"Assertion","padding":"${'x'.repeat(sixMebibytes)}"}`);
      return;
    case 'page':
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Sign in</title><h1>Sign in to see this badge</h1>');
      return;
    case 'broken':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":');
      return;
  }
}
