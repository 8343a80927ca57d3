import { expect, test } from './world/story.ts';

test('a page is read once it is drawn: cards that were just put in are on it', async ({
  launchChromium,
  hostile,
}) => {
  const browser = await launchChromium();
  const tab = await browser.open(
    hostile.page('/', { head: '<style>li { content-visibility: auto; }</style>', body: '<ul></ul>' }),
  );
  const put = (name: string) =>
    tab.evaluate(`(() => {
      document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: '${name}' }));
      return document.body.innerText;
    })()`);
  expect(await put('JavaScript')).not.toContain('JavaScript');
  expect(await tab.text()).toContain('JavaScript');
});
