import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BiDi } from './bidi.ts';
import { type Browser, drawnText, type Role, type Tab, until } from './browser.ts';
import { builtExtension, makeProfile } from './profile.ts';

const program = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';
const extensionId = 'backpack@openbadges.example';

type Found = { readonly nodes: readonly { readonly sharedId: string }[] };
type Evaluated = {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
};
type Created = { readonly context: string };

const specialKeys: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  Space: ' ',
  Backspace: '\uE003',
};

/** Starts Firefox with the built extension. */
export async function launchFirefox(): Promise<Browser> {
  const profile = await makeProfile();
  const uuid = randomUUID();
  const contexts = new WeakMap<Tab, string>();
  let bidi: BiDi;
  let desk: string;

  await writeFile(join(profile.path, 'user.js'), preferences(uuid));
  const start = async () => {
    bidi = await BiDi.launch(program, profile.path);
    await bidi.send('webExtension.install', {
      extensionData: { type: 'path', path: builtExtension('firefox') },
    });
    // A document of the extension's origin that runs nothing of it: from here its interfaces are asked.
    desk = await create();
    await navigate(desk, `moz-extension://${uuid}/manifest.json`);
  };
  const create = async () =>
    ((await bidi.send('browsingContext.create', { type: 'tab' })) as Created).context;
  const evaluate = async (context: string, expression: string): Promise<unknown> => {
    // As text, because BiDi writes objects in a form of its own.
    const { result, exceptionDetails } = (await bidi.send('script.evaluate', {
      expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value))`,
      target: { context },
      awaitPromise: true,
      userActivation: true,
    })) as Evaluated;
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return typeof result?.value === 'string' ? JSON.parse(result.value) : undefined;
  };
  const navigate = async (context: string, address: string) => {
    const own = address.startsWith('moz-extension:');
    // Firefox 153 never reports pages of an extension as loaded.
    await bidi.send('browsingContext.navigate', { context, url: address, wait: own ? 'none' : 'complete' });
    if (own)
      await until(`${address} has loaded`, async () => {
        const [at, state] = (await evaluate(context, '[location.href, document.readyState]')) as string[];
        return at?.split('#')[0] === address.split('#')[0] && state === 'complete';
      });
  };
  const locate = async (context: string, role: Role, name?: string) => {
    const value = name === undefined ? { role } : { role, name };
    const found = await bidi.send('browsingContext.locateNodes', {
      context,
      locator: { type: 'accessibility', value },
    });
    return (found as Found).nodes;
  };
  const reach = (context: string, role: Role, name: string, nth = 0) =>
    until(`there is a ${role} “${name}”`, async () => (await locate(context, role, name))[nth]);
  const onElement = async (context: string, sharedId: string, body: string): Promise<unknown> => {
    const { result, exceptionDetails } = (await bidi.send('script.callFunction', {
      functionDeclaration: `(element) => { ${body} }`,
      arguments: [{ sharedId }],
      target: { context },
      awaitPromise: true,
    })) as Evaluated;
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
    return result?.value;
  };
  const press = async (context: string, keys: readonly string[]) => {
    const actions = keys.flatMap((key) => [
      { type: 'keyDown', value: key },
      { type: 'keyUp', value: key },
    ]);
    await bidi.send('input.performActions', { context, actions: [{ type: 'key', id: 'keyboard', actions }] });
  };
  const click = async (context: string, role: Role, name: string, nth = 0) => {
    await until(`the ${role} “${name}” can be pressed`, async () => {
      const { sharedId } = await reach(context, role, name, nth);
      const usable = await onElement(
        context,
        sharedId,
        'element.scrollIntoView({ block: "center", behavior: "instant" }); return element.isConnected && !element.disabled',
      );
      if (usable !== true) return false;
      const origin = { type: 'element', element: { sharedId } };
      await bidi.send('input.performActions', {
        context,
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', x: 0, y: 0, origin },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      });
      return true;
    });
  };

  const tabOf = (context: string): Tab => {
    const tab: Tab = {
      goto: (address) => navigate(context, address),
      reload: async () => {
        await evaluate(context, 'void location.reload()');
        await until(
          'the page has loaded again',
          async () => (await evaluate(context, 'document.readyState')) === 'complete',
        );
      },
      address: async () => String(await evaluate(context, 'location.href')),
      click: (role, name, nth) => click(context, role, name, nth),
      fill: async (role, name, text) => {
        const { sharedId } = await reach(context, role, name);
        await onElement(context, sharedId, 'element.focus(); element.select?.()');
        await press(context, text === '' ? ['\uE003'] : [...text]);
      },
      giveFile: async (path) => {
        const found = (await bidi.send('browsingContext.locateNodes', {
          context,
          locator: { type: 'css', value: 'input[type=file]' },
        })) as Found;
        await bidi.send('input.setFiles', { context, element: found.nodes[0], files: [path] });
      },
      press: (key) => press(context, [specialKeys[key] ?? key]),
      count: async (role, name) => (await locate(context, role, name)).length,
      text: async () => String(await evaluate(context, drawnText())),
      evaluate: (expression) => evaluate(context, expression),
      screenshot: async (file) => {
        const taken = (await bidi.send('browsingContext.captureScreenshot', { context })) as { data: string };
        await writeFile(file, Buffer.from(taken.data, 'base64'));
      },
      close: async () => void (await bidi.send('browsingContext.close', { context })),
    };
    contexts.set(tab, context);
    return tab;
  };
  const open = async (address: string): Promise<Tab> => {
    const context = await create();
    await navigate(context, address);
    return tabOf(context);
  };
  const idOf = async (tab: Tab): Promise<number> => {
    const context = contexts.get(tab);
    if (context === undefined) throw new Error('The tab belongs to another browser.');
    await bidi.send('browsingContext.activate', { context });
    const address = JSON.stringify(await tab.address());
    return until('the tab has an id', async () => {
      const id = await evaluate(
        desk,
        `browser.tabs.query({ active: true }).then((tabs) => tabs.find((tab) => tab.url === ${address})?.id)`,
      );
      return typeof id === 'number' && id;
    });
  };

  await start();
  return {
    name: 'firefox',
    open,
    openPopup: async (of) => open(`moz-extension://${uuid}/popup/index.html?tab=${await idOf(of)}`),
    openToolbarPopup: async (over) => {
      await idOf(over);
      await evaluate(desk, 'browser.action.openPopup()');
      const view = "browser.extension.getViews({ type: 'popup' })[0]";
      await until('the popup is open', async () => (await evaluate(desk, `${view} !== undefined`)) === true);
      return {
        text: async () => String(await evaluate(desk, drawnText(view))),
        press: async (name) => {
          const button = `[...${view}.document.querySelectorAll('button')].find((one) => one.textContent.trim() === ${JSON.stringify(name)})`;
          await until(
            `the popup has a button “${name}”`,
            async () =>
              (await evaluate(desk, `(${button})?.click() === undefined && ${button} !== undefined`)) ===
              true,
          );
        },
        size: async () =>
          (await evaluate(desk, `({ width: ${view}.innerWidth, height: ${view}.innerHeight })`)) as {
            width: number;
            height: number;
          },
        close: async () => {
          await evaluate(desk, `void ${view}.close()`);
          await until(
            'the popup is closed',
            async () => (await evaluate(desk, `${view} === undefined`)) === true,
          );
        },
      };
    },
    openPage: (path) => open(`moz-extension://${uuid}/${path}`),
    countOnIcon: async (of) =>
      String(await evaluate(desk, `browser.action.getBadgeText({ tabId: ${await idOf(of)} })`)),
    restart: async () => {
      await bidi.close();
      await start();
    },
    close: async () => {
      await bidi.close();
      await profile.remove();
    },
  };
}

function preferences(uuid: string): string {
  const values = {
    'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: uuid }),
    // An extension from a folder is removed when Firefox ends; what it kept must outlive that here.
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'app.update.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.safebrowsing.downloads.remote.enabled': false,
  };
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
