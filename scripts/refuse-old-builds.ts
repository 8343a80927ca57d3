import { refuseOldBuilds } from './built-of.ts';

/** Before any story: one of an old build would show what is no more. Builds of another checkout are as old as they are. */
export default function refuse(): void {
  if (process.env['BACKPACK_DIST'] === undefined)
    refuseOldBuilds(['chromium', 'firefox', 'server', 'verify']);
}
