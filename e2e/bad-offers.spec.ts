import { unsignedToken } from '../shared/testing/sign-token.ts';
import { patienceMs, seeCount, seeText, until } from './browsers/browser.ts';
import type { ChromiumBrowser } from './browsers/chromium.ts';
import type { Misbehaviour } from './issuers/gallery.ts';
import { serveHostedBadge } from './issuers/hosted-badge.ts';
import { offerTag } from './issuers/hostile.ts';
import { earnBadge, fileOf, untilLookedAt, visit } from './world/learner.ts';
import { expect, test } from './world/story.ts';

const forgedAssertion = {
  recipient: { type: 'email', hashed: false, identity: 'anna@example.org' },
  badge: {
    type: 'BadgeClass',
    id: 'urn:uuid:2',
    name: 'Forged',
    description: 'Signed by nobody.',
    image: 'https://academy.example/picture.png',
    criteria: { narrative: 'None.' },
    issuer: {
      type: 'Issuer',
      id: 'https://academy.example',
      name: 'Academy',
      url: 'https://academy.example',
    },
  },
  verification: { type: 'signed', creator: 'https://academy.example/key' },
  issuedOn: '2026-03-01T12:00:00Z',
};

const badAnswers: readonly (readonly [Misbehaviour, string, RegExp])[] = [
  ['missing', 'a 404', /has no badge at this address/],
  ['fails', 'a 500', /answered with an error of its own/],
  ['silent', 'no answer', /took too long to answer/],
  ['large', '6 MiB', /larger than a badge may be/],
  ['page', 'a web page', /not a badge/],
  ['broken', 'invalid JSON', /damaged: it cannot be read/],
];

for (const [how, words, sentence] of badAnswers)
  test(`${words} instead of a badge is said plainly, and the good offer beside it is claimed`, async ({
    launchChromium,
    hostile,
  }) => {
    const browser = await launchChromium();
    const offers = [hostile.bad('/bad', how), serveHostedBadge(hostile, '/good')];
    const page = await visit(
      browser,
      hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') }),
      '2',
    );
    const popup = await browser.openPopup(page);
    // The browser gives an issuer 15 seconds.
    await seeText(popup, [sentence, 'A good badge']);
    await seeCount(popup, 1, 'button', 'Claim badge');
    await popup.click('button', 'Claim badge');
    await seeText(popup, 'In your backpack');
    await seesInBackpack(browser, ['A good badge'], '1 badge');
  });

test('offers of protocols that are not supported yet say so, beside a good one', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const offers = [
    `openid-credential-offer://?credential_offer_uri=${encodeURIComponent('https://academy.example/offer')}`,
    'https://academy.example/exchange?iuv=1',
    serveHostedBadge(hostile, '/good'),
  ];
  const page = await visit(
    browser,
    hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') }),
    '3',
  );
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, offers.length);
  await seeText(popup, ['A good badge', /(?:not supported yet.*){2}/s]);
  expect(await popup.count('button', 'Claim badge')).toBe(1);
});

test('a token that says it needs no signature, and a badge that lives elsewhere, are not valid', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const payload = { '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id: 'urn:uuid:1' };
  const offers = [
    hostile.file(
      '/none.jws',
      unsignedToken({ typ: 'JWT' }, { ...payload, ...forgedAssertion }),
      'application/jose',
    ),
    serveHostedBadge(hostile, '/copied', { name: 'Copied', id: `${hostile.origin}/original` }),
    serveHostedBadge(hostile, '/good'),
  ];
  hostile.file('/original', '{"type":"Assertion"}', 'application/json', 404);
  const page = await visit(
    browser,
    hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') }),
    '3',
  );
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, offers.length);
  await seeText(popup, ['A good badge', /(?:(?:Not valid|Could not be checked|Cannot be read).*){2}/s]);
  expect(await popup.count('button', 'Claim badge')).toBe(1);
  expect(await popup.count('button', 'Claim all')).toBe(0);
});

test('addresses that are none of the web’s are never opened', async ({ launchChromium, hostile }) => {
  const browser = await launchChromium();
  const head = [
    offerTag('javascript:document.title="run"'),
    offerTag('file:///etc/passwd'),
    offerTag('blob:http://localhost/3f2a'),
    offerTag(serveHostedBadge(hostile, '/good')),
  ];
  const page = await browser.open(hostile.page('/', { head: head.join('') }));
  await until('the icon shows a count', async () => (await browser.countOnIcon(page)) !== '');
  const popup = await browser.openPopup(page);
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await seeCount(popup, 0, 'button', 'Claim badge');
  expect(await browser.pageOf(page).title()).toBe('A page');
  await until('the icon says nothing more', async () => (await browser.countOnIcon(page)) === '');
});

test('a host of one’s own network is asked only after a yes', async ({ launchChromium, hostile }) => {
  const browser = await launchChromium({ hosts: { 'academy.example': hostile.port } });
  const near = serveHostedBadge(hostile, '/near');
  const far = serveHostedBadge(hostile, '/far', { name: 'From afar', origin: 'http://academy.example' });
  hostile.page('/public', { head: offerTag(near) + offerTag(far) });
  const page = await visit(browser, 'http://academy.example/public', '2');
  const popup = await browser.openPopup(page);
  await seeText(popup, ['From afar', /inside your own network or on this computer/]);
  expect(hostile.seenAt('/near')).toHaveLength(0);
  expect(hostile.seenAt('/far')).not.toHaveLength(0);
  await browser
    .pageOf(popup)
    .getByRole('button', { name: /^Ask localhost/ })
    .click();
  await seeText(popup, 'A good badge');
  expect(hostile.seenAt('/near')).not.toHaveLength(0);
});

test('a thousand offers are cut to two hundred, and none is asked for before the popup opens', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const waiting: (() => void)[] = [];
  let arrived = 0;
  let mostAtOnce = 0;
  const offers = Array.from({ length: 1000 }, (_, index) =>
    offerTag(
      hostile.answer(`/offer-${index}`, (_request, response) => {
        arrived += 1;
        mostAtOnce = Math.max(
          mostAtOnce,
          waiting.push(() => response.writeHead(404).end()),
        );
        // Nobody is answered before six wait; a little later, so that one too many could arrive.
        if (waiting.length === 6 || arrived === 200)
          setTimeout(() => {
            for (const answer of waiting.splice(0)) answer();
          }, 20);
      }),
    ),
  );
  const page = await browser.open(hostile.page('/', { head: offers.join('') }));
  await until('the icon shows a count', async () => (await browser.countOnIcon(page)) !== '');
  expect(hostile.seen.filter(({ path }) => path.startsWith('/offer-'))).toHaveLength(0);
  const popup = await browser.openPopup(page);
  await seeText(
    popup,
    ['The first 200 are listed', 'has no badge at this address', 'All were looked at'],
    2 * patienceMs,
  );
  const asked = new Set(hostile.seen.map(({ path }) => path).filter((path) => path.startsWith('/offer-')));
  expect(asked.size).toBe(200);
  expect(mostAtOnce).toBe(6);
});

test('pictures without a badge, cut off, or with a script are read and never run', async ({
  launchChromium,
  hostile,
  school,
}) => {
  const browser = await launchChromium();
  const plain = new Uint8Array(await (await fetch(`${school.origin}/art/php.png`)).arrayBuffer());
  const award = await earnBadge(school, 'accessibility', 'anna@example.org');
  const baked = new TextDecoder().decode(await fileOf(award));
  const beacon = `${hostile.origin}/beacon`;
  const script = `<script href="${beacon}">fetch("${beacon}")</script><image href="${beacon}"/>`;
  const scripted = baked
    .replace(/<svg\b/, `<svg onload="fetch('${beacon}')"`)
    .replace(/<\/svg>\s*$/, `${script}</svg>`);
  const offers = [
    hostile.file('/plain.png', plain, 'image/png'),
    hostile.file('/cut.png', plain.slice(0, 400), 'image/png'),
    hostile.file('/scripted.svg', scripted, 'image/svg+xml'),
  ];
  const page = await visit(
    browser,
    hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') }),
    '3',
  );
  const popup = await browser.openPopup(page);
  await untilLookedAt(popup, offers.length);
  const said = await seeText(popup, [
    'This picture has no badge inside.',
    'This picture is damaged or cut off',
  ]);
  expect(said).not.toContain('is not a badge');
  await popup.click('button', 'Claim badge');
  await seeText(popup, 'In your backpack');
  await seesInBackpack(browser, ['Accessibility'], '1 badge');
  expect(hostile.seenAt('/beacon')).toHaveLength(0);
});

test('markup, turned text and endless words in a badge are only words', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const beacon = `${hostile.origin}/beacon`;
  const markup = `<img src="${beacon}" onerror="fetch('${beacon}')"><script>fetch('${beacon}')</script>`;
  const offers = [
    serveHostedBadge(hostile, '/markup', {
      name: `Markup ${markup}`,
      description: `${markup} [press](javascript:alert(1))`,
      issuer: markup,
      narrative: markup,
    }),
    serveHostedBadge(hostile, '/bidi', { name: 'Turned \u202Etfel ot thgir\u202C \u2067back\u2069' }),
    serveHostedBadge(hostile, '/long', {
      name: `Long ${'word '.repeat(2000)}`,
      description: 'x'.repeat(10_000),
    }),
  ];
  const page = await visit(
    browser,
    hostile.page('/', { head: offers.map((one) => offerTag(one)).join('') }),
    '3',
  );
  const popup = await browser.openPopup(page);
  await seeCount(popup, 3, 'button', 'Claim badge');
  await seeText(popup, 'Markup <img src=');
  expect(await sidewaysScroll(popup)).toBe(false);
  await popup.click('button', 'Claim all');
  await seeText(popup, /(?:In your backpack.*){3}/s);

  const backpack = await browser.openPage('backpack/index.html');
  const shown = await seeText(backpack, ['3 badges', 'Markup <img src=', 'Turned ', 'Long word']);
  // A control that turns the reading direction must not reach what stands after the name.
  expect(shown).not.toContain('\u202E');
  expect(await sidewaysScroll(backpack)).toBe(false);
  expect(hostile.seenAt('/beacon')).toHaveLength(0);
});

async function sidewaysScroll(tab: { readonly evaluate: (expression: string) => Promise<unknown> }) {
  return tab.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1');
}

async function seesInBackpack(
  browser: ChromiumBrowser,
  names: readonly string[],
  count: string,
): Promise<void> {
  const backpack = await browser.openPage('backpack/index.html');
  await seeText(backpack, [count, ...names]);
}
