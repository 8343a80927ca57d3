import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The peer as its own documentation starts it, on LevelDB in a folder of its own.
const [, , folder = '.'] = process.argv;
const require = createRequire(join(import.meta.dirname, 'node_modules', 'x.js'));
process.chdir(folder);
const PouchDB = require('pouchdb-node').defaults({ prefix: `${folder}/` });
const app = require('express-pouchdb')(PouchDB, {
  inMemoryConfig: true,
  logPath: join(folder, 'log.txt'),
  mode: 'minimumForPouchDB',
});
await new PouchDB('badges').info();
const server = createServer(app);
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit(0));
