import { seeText } from '../e2e/browsers/browser.ts';
import { plainChromium } from '../e2e/world/plain-browser.ts';
import { publishWorld } from './published-world.ts';
import { byName, publicSizes, serverName, takePictures, takePrinted } from './take-pictures.ts';

/** Pictures of what learners publish: profile, collection and badges, on screens and on paper. */
export async function takeProfiles(folder: string): Promise<void> {
  const world = await publishWorld(serverName);
  const stranger = await plainChromium(byName());
  try {
    for (const [name, address] of Object.entries(world.pages)) {
      const tab = await stranger.open(address);
      await takePictures(stranger, folder, tab, name, publicSizes, 'stays');
      await takePrinted(stranger, folder, tab, name);
      await tab.close();
    }
    const others = {
      'taken-down': [world.takenDown, 'This page was taken down'],
      missing: [`${world.companion.origin}/@nobody-here`, 'Nothing is shown here'],
      report: [`${world.companion.origin}/report?page=/@ada-builds`, 'Report a page'],
    } as const;
    for (const [name, [address, wanted]] of Object.entries(others)) {
      const tab = await stranger.open(address);
      await seeText(tab, wanted);
      await takePictures(stranger, folder, tab, name, publicSizes);
    }
  } finally {
    await stranger.close();
    await world.end();
  }
}
