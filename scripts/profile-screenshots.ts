import { plainChromium } from '../e2e/world/plain-browser.ts';
import { publishWorld } from './published-world.ts';
import { publicSizes, takePictures, takePrinted } from './take-pictures.ts';

/** Pictures of what learners publish: profile, collection and badges, on screens and on paper. */
export async function takeProfiles(folder: string): Promise<void> {
  const world = await publishWorld();
  const stranger = await plainChromium();
  try {
    for (const [name, address] of Object.entries(world.pages)) {
      const tab = await stranger.open(address);
      await takePictures(stranger, folder, tab, name, publicSizes, 'stays');
      await takePrinted(stranger, folder, tab, name);
      await tab.close();
    }
  } finally {
    await stranger.close();
    await world.end();
  }
}
