// Makes node_modules fit the lock file before a command runs.
// Plain JavaScript without dependencies: on a fresh clone it is all that the host's own Node can run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);
const bringsNode = process.platform === 'linux' && process.arch === 'x64';
const oldest = bringsNode ? [20, 19] : [22, 12];
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `Backpack needs Node.js ${oldest.join('.')} or newer here; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const stamp = join(root, 'node_modules', '.ready');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing dependencies as the lock file names them (once, about 15 seconds) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error(
      'The dependencies could not be installed; npm says why above. Run the command again when that is mended.',
    );
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, lock);
}
