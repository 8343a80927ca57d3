import { type Browser, patienceMs, seeText, type Tab, until } from '../browsers/browser.ts';
import type { School } from '../issuers/school.ts';

/** Answers that pass, by assessment. */
export const goodAnswers = {
  javascript:
    "function longestWord(words) {\n  let longest = '';\n  for (const word of words) if (word.length > longest.length) longest = word;\n  return longest;\n}\n",
  php: '<?php\necho "<p>Hello " . htmlspecialchars($_GET["name"] ?? "stranger") . "</p>";\n',
  accessibility:
    '<h1>Summer school</h1>\n<h2>Sign up</h2>\n<img src="students.jpg" alt="Four students at one table">\n<label>E-mail <input name="email"></label>\n<button>Send</button>\n',
} as const;

export type AssessmentSlug = keyof typeof goodAnswers;

/** Hands in a good answer without a browser; answers the address of the award's page. */
export async function earnBadge(school: School, slug: AssessmentSlug, email?: string): Promise<string> {
  return award(school, `/assessments/${slug}`, { answer: goodAnswers[slug] }, email);
}

/** A class mate gives a badge; answers the address of the award's page. */
export async function givePeerBadge(school: School, slug: string, email: string): Promise<string> {
  return award(school, `/peers/${slug}`, { email, why: 'Explained the box model three times, kindly.' });
}

async function award(
  school: School,
  path: string,
  form: Readonly<Record<string, string>>,
  email?: string,
): Promise<string> {
  const cookie = email === undefined ? '' : `learner=${Buffer.from(email, 'utf8').toString('base64url')}`;
  const answer = await fetch(`${school.origin}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: cookie === '' ? {} : { Cookie: cookie },
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null) throw new Error(`The school answered ${answer.status}.`);
  return new URL(location, school.origin).href;
}

/** The badge's file, as the award's page offers it for saving. */
export async function fileOf(awardPage: string): Promise<Uint8Array> {
  const page = await (await fetch(awardPage)).text();
  const path = /href="([^"]+)" download/.exec(page)?.[1];
  if (path === undefined) throw new Error(`${awardPage} has no file.`);
  return new Uint8Array(await (await fetch(new URL(path, awardPage))).arrayBuffer());
}

/** The offer that an award's page makes, whole. */
export async function offerOn(awardPage: string): Promise<string> {
  const page = await (await fetch(awardPage)).text();
  const content = /<meta name="openbadges:offer" content="([^"]+)"/.exec(page)?.[1];
  if (content === undefined) throw new Error(`${awardPage} offers nothing.`);
  return new URL(content, awardPage).href;
}

/** Tells the school whom badges are for, as a learner does on its front page. */
export async function introduce(browser: Browser, school: School, email: string): Promise<void> {
  const tab = await browser.open(school.origin);
  await tab.fill('textbox', 'Your e-mail address', email);
  await tab.click('button', 'Remember this');
  await seeText(tab, `Badges go to ${email}.`);
  await tab.close();
}

/** Opens a page and waits until the icon says how many offers it makes. */
export async function visit(browser: Browser, address: string, count: string): Promise<Tab> {
  const page = await browser.open(address);
  await until(`the icon says ${count}`, async () => (await browser.countOnIcon(page)) === count);
  return page;
}

/** Waits until a popup has looked at all the offers that its page makes. */
export async function untilLookedAt(popup: Tab, offers: number, timeoutMs = patienceMs): Promise<void> {
  const cards = "document.querySelectorAll('main[aria-busy=false] .offer-card').length";
  await until('all were looked at', async () => (await popup.evaluate(cards)) === offers, timeoutMs);
}

/** Visits a page with one good offer, claims it in the popup, and leaves both. */
export async function claimFrom(browser: Browser, address: string): Promise<void> {
  const page = await visit(browser, address, '1');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await popup.close();
  await page.close();
}
