import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs what a folder's own lock names, unless it is there. `what`: as the person at the terminal reads it. */
export function installOnce(folder: string, what: string): void {
  if (isInstalled(folder)) return;
  console.log(`Installing ${what} (once) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) throw new Error(`Could not install ${what}; npm says why above.`);
}

/** Whether all that the folder asks for is there in the version that it names; what was installed for an older list is not. */
function isInstalled(folder: string): boolean {
  const versionIn = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return Object.entries(dependencies).every(([name, version]) => {
    const file = join(folder, 'node_modules', name, 'package.json');
    return existsSync(file) && versionIn(file) === version;
  });
}
