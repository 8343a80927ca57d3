import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { profilePage } from '../../companion-server/pages/profile-page.tsx';

/* The same page rendered anew for each request, out of memory. Its argument: the profile as JSON. */
const [, , file = ''] = process.argv;
const data = JSON.parse(readFileSync(file, 'utf8'));
const app = new Hono();
app.get('/:profile', (context) =>
  context.html(profilePage({ ...data, handle: context.req.param('profile').slice(1) })),
);
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (address) =>
  process.send?.(address.port),
);
process.on('disconnect', () => server.close(() => process.exit(0)));
