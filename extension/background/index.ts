import type { Runtime } from 'webextension-polyfill';
import { asBackpackError } from '../../shared/model/errors.ts';
import { accountEffects } from '../account-effects.ts';
import { noteDevice } from '../actions/note-device.ts';
import { browser } from '../browser.ts';
import { browserName } from '../browser-name.ts';
import type { Reply } from '../channel.ts';
import { clock, fetchTimeoutMs, networkFetcher, random } from '../effects.ts';
import { mayReach } from '../host-access.ts';
import { keepStorage } from '../keep-storage.ts';
import { database } from '../store/database.ts';
import { type AnswerDeps, answerRequest } from './answer.ts';
import { readMessage } from './message.ts';
import { noticeOffers, readPage } from './offers-of-tab.ts';
import { syncAlarm, syncMinutes, syncTriggers } from './sync-triggers.ts';
import { keepUp, upkeepAlarm, upkeepMinutes } from './upkeep.ts';

/**
 * The background. It may be stopped at any `await` and started by any event, so all listeners are here, registered at
 * once, and nothing lives in a variable: what must survive is in the store or in `storage.session`.
 */

const effects = accountEffects(database);
const sync = syncTriggers(
  {
    ...effects,
    noteDevice: () => noteDevice(browserName(navigator.userAgent), { store: database, ...effects }),
  },
  logged,
);

const deps: AnswerDeps = {
  store: database,
  fetcher: (privateHosts) => networkFetcher(privateHosts, fetchTimeoutMs, mayReach),
  clock,
  random,
  changed: sync.changed,
  syncNow: sync.now,
};

browser.runtime.onMessage.addListener((raw: unknown, sender: Runtime.MessageSender, send) => {
  void answerTo(raw, sender).then(send);
  // The way stays open until then; Chromium takes no promise for an answer.
  return true;
});

/** Nothing for a message that gets no answer, as if nobody had heard it. `reply` never fails. */
async function answerTo(raw: unknown, sender: Runtime.MessageSender): Promise<Reply<unknown> | undefined> {
  const own = { id: browser.runtime.id, origin: browser.runtime.getURL('') };
  const message = readMessage(raw, sender, own);
  switch (message?.from) {
    case 'page':
      return reply(() => answerRequest(message.request, deps));
    case 'content':
      return reply(async () => {
        await noticeOffers(message.tab, message.url, message.found);
        return { ok: true, value: null };
      });
    case 'content-call':
      return reply(async () => {
        await readPage(message.tab);
        return { ok: true, value: null };
      });
    case undefined:
      return undefined;
  }
}

browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === upkeepAlarm) void logged(keepUp(deps, effects));
  if (name === syncAlarm) void logged(sync.due());
});

browser.runtime.onStartup.addListener(() => {
  // Firefox forgets alarms when it ends.
  setAlarms();
  void logged(keepStorage(navigator));
  void logged(keepUp(deps, effects));
  void logged(sync.due());
});

browser.runtime.onInstalled.addListener(() => {
  setAlarms();
  void logged(keepStorage(navigator));
});

function setAlarms(): void {
  browser.alarms.create(upkeepAlarm, { periodInMinutes: upkeepMinutes });
  browser.alarms.create(syncAlarm, { periodInMinutes: syncMinutes });
}

/** The one catch of this context: whatever is thrown becomes an answer, and a line in the log without any content. */
async function reply(work: () => Promise<Reply<unknown>>): Promise<Reply<unknown>> {
  try {
    const result = await work();
    return result.ok ? result : { ok: false, error: { code: result.error.code, facts: result.error.facts } };
  } catch (thrown) {
    const { code, facts, cause } = asBackpackError(thrown);
    console.error(code, cause);
    return { ok: false, error: { code, facts } };
  }
}

async function logged(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    const { code, cause } = asBackpackError(thrown);
    console.error(code, cause);
  }
}
