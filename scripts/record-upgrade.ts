import { join } from 'node:path';
import { seeText } from '../e2e/browsers/browser.ts';
import { launchChromium } from '../e2e/browsers/chromium.ts';
import { startSchool } from '../e2e/issuers/school.ts';
import { companionPort, emptyState, keepState, schoolPort, statesFolder } from '../e2e/upgrade/kept-state.ts';
import { openBackpack, sendEverything } from '../e2e/world/account.ts';
import { startCompanion } from '../e2e/world/companion.ts';
import { claimFrom, earnBadge, givePeerBadge } from '../e2e/world/learner.ts';
import { publishFirst } from '../e2e/world/sharing.ts';

/*
 * Records what a release leaves behind, for e2e/upgrade.spec.ts: a learner claims three badges, names an address, makes
 * an account, syncs and publishes. `BACKPACK_DIST`: the builds of that release; the argument: its name.
 */
const anna = 'anna@example.org';
const release = process.argv[2];
if (release === undefined || !/^[\w.-]+$/.test(release)) {
  console.error('Usage: BACKPACK_DIST=folder/of/builds node scripts/record-upgrade.ts 0.1.0');
  process.exit(1);
}

const state = await emptyState();
const school = await startSchool({ port: schoolPort, dataFolder: state.school });
const companion = await startCompanion([school.origin], { port: companionPort, dataDirectory: state.server });
try {
  const browser = await launchChromium(state);
  let recoveryCode: string;
  try {
    const addresses = await openBackpack(browser, 'addresses');
    await addresses.fill('textbox', 'Address', anna);
    await addresses.click('button', 'Add address');
    await seeText(addresses, `${anna} was added to your addresses.`);
    await addresses.close();
    await claimFrom(browser, await earnBadge(school, 'javascript', anna));
    await claimFrom(browser, await earnBadge(school, 'accessibility', anna));
    await claimFrom(browser, await givePeerBadge(school, 'good-teammate', anna));
    const { code, sharing } = await publishFirst(browser, companion, ['JavaScript']);
    recoveryCode = code;
    await sharing.close();
    await sendEverything(browser);
  } finally {
    await browser.close();
  }
  await companion.stop();
  await keepState(state, { recoveryCode }, join(statesFolder, release));
  console.log(`Recorded e2e/upgrade/${release}.`);
} finally {
  await companion.kill();
  await school.close();
  await state.remove();
}
