import type { ChromiumBrowser } from '../browsers/chromium.ts';
import type { Gate, Passage } from './gate.ts';
import { readKept } from './kept.ts';
import { type StorageMoment, standStillAt } from './storage-moment.ts';
import { expect } from './story.ts';

/** When a browser is killed: at a moment of its own storage, or with one of its requests on the way. */
export type Moment = StorageMoment | RequestMoment;
export type RequestMoment = {
  readonly request: RegExp;
  readonly passage: Passage;
  readonly at: Pick<Gate, 'stop'>;
};

/** The life of one profile, which kills may interrupt. */
export type Life = {
  readonly kills: () => number;
  /** Does it, killed at each of these moments and begun again after it, and then to its end. */
  readonly through: (act: () => Promise<void>, moments: readonly Moment[]) => Promise<void>;
  /** Killed while nothing is done, right after the last act was said to be done; away until `wake`. */
  readonly rest: () => Promise<void>;
  readonly wake: () => Promise<void>;
};

/**
 * A life with all the kills it names, or its twin without any. After each kill the browser starts again on its profile
 * and has all that it said it had, byte for byte, and nothing in part.
 */
export function lifeOf(browser: ChromiumBrowser, withKills: boolean): Life {
  let kills = 0;
  let said: readonly string[] = [];
  const look = async (when: string): Promise<void> => {
    const { half, originals, shown } = await readKept(browser);
    expect(half, when).toEqual([]);
    expect(shown, when).toBe(originals.length);
    expect(originals, when).toEqual(expect.arrayContaining([...said]));
    said = originals;
  };
  const kill = async (): Promise<void> => {
    await browser.kill();
    kills += 1;
  };
  const die = async (act: () => Promise<void>, moment: Moment): Promise<void> => {
    const come =
      'request' in moment
        ? moment.at.stop(moment.request, moment.passage)
        : (await standStillAt(browser, moment)).come;
    const done = act().then(() => {
      throw new Error(`It was done before ${nameOf(moment)}`);
    });
    // What was begun goes on waiting for what a killed browser will never show.
    done.catch(() => undefined);
    await Promise.race([come, done]);
    await kill();
    await browser.restart();
    await look(nameOf(moment));
  };
  return {
    kills: () => kills,
    through: async (act, moments) => {
      if (withKills) for (const moment of moments) await die(act, moment);
      await act();
      await look('the end');
    },
    rest: async () => {
      if (withKills) await kill();
    },
    wake: async () => {
      if (!withKills) return;
      await browser.restart();
      await look('the rest');
    },
  };
}

function nameOf(moment: Moment): string {
  return 'request' in moment
    ? `${moment.request.source} ${moment.passage}`
    : `${moment.table} ${moment.when}`;
}
