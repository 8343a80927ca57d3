import Database from 'better-sqlite3';
import fastify from 'fastify';

// The same pages out of the same file, by a server that knows nothing else. Its argument: the file.
const [, , file] = process.argv;
const database = new Database(file, { readonly: true });
const find = database.prepare('select html, tag from pages where path = ?');
const app = fastify();
app.get('/:profile', (request, reply) => {
  const page = find.get(`/${request.params.profile}`);
  if (page === undefined) return reply.code(404).send('');
  return reply.header('etag', page.tag).type('text/html; charset=utf-8').send(page.html);
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.(app.server.address().port);
process.on('disconnect', () => process.exit(0));
