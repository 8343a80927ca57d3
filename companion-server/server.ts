import { createSecretKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from '../shared/model/brands.ts';
import type { Clock, Random } from '../shared/model/effects.ts';
import { createApp } from './app.ts';
import { capacityOf } from './capacity.ts';
import { type Configuration, ConfigurationError, prepareDataDirectory, reasonOf } from './configuration.ts';
import { inTransit, maxBytesInTransit } from './in-transit.ts';
import type { Log } from './log.ts';
import { cachedFetcher } from './outbound/cached-fetcher.ts';
import type { ResolveName } from './outbound/checked-lookup.ts';
import { fewAtOnce } from './outbound/few-at-once.ts';
import { guardedFetcher } from './outbound/guarded-fetcher.ts';
import { burstPerHost, hostIntervalMs, hostTurns, maxTurnWaitMs } from './outbound/host-turns.ts';
import { limitedFetcher } from './outbound/limited-fetcher.ts';
import { noScripts, type PageScripts } from './pages/page-scripts.ts';
import { clientAddress } from './routes/client-address.ts';
import { loadSecrets } from './secrets.ts';
import type { DatabasePlace } from './storage/engine.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { challenges } from './use-cases/challenges.ts';
import { nonces } from './use-cases/nonces.ts';
import { passkeySiteOf } from './use-cases/passkey-assertion.ts';
import { takeTurn } from './use-cases/take-turn.ts';
import { witnessOf } from './witness.ts';
import { startWorker } from './workers/worker.ts';

const software = 'backpack/0.1.0';
/** Of the requests that are worked on at once, those that may wait for what a visitor wants read. */
const shareOfReadings = 1 / 8;
/**
 * How long a connection stays open on which nobody asks: longer than usual proxies keep theirs (60 s). Ended sooner, one
 * could be ended here while a request is on its way there, which a proxy does not send again when it writes.
 */
const idleConnectionMs = 75_000;
/** How long open requests may take to end before their connections are cut. */
const graceMs = 5_000;
const turnRules = { burst: burstPerHost, intervalMs: hostIntervalMs, maxWaitMs: maxTurnWaitMs };

export type RunningServer = {
  readonly port: number;
  readonly origin: string;
  readonly end: () => Promise<void>;
};

/** `resolve`: names for the fetch guard, the system's resolver when left out. */
export type ServerEffects = {
  readonly log: Log;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly resolve?: ResolveName;
  readonly openStorage?: typeof openStorage;
  readonly maxBytesInTransit?: number;
  /** what `/check` runs; without it there is no such page */
  readonly scripts?: PageScripts;
};

/**
 * Starts the whole server: folder, secrets, database, worker, HTTP.
 * Throws `ConfigurationError` with the one sentence that says what stands in the way.
 */
export async function startServer(
  configuration: Configuration,
  effects: ServerEffects,
): Promise<RunningServer> {
  const { log } = effects;
  const clock = effects.clock ?? (() => instantOf(Date.now()));
  const random = effects.random ?? ((bytes) => crypto.getRandomValues(new Uint8Array(bytes)));
  prepareDataDirectory(configuration.dataDirectory);
  const secrets = loadSecrets(configuration.secretsFile, random);
  const storage = await openDatabase(configuration.database, effects.openStorage);
  const http = createServer({
    maxHeaderSize: 16 * 1024,
    requestTimeout: 60_000,
    headersTimeout: 15_000,
    keepAliveTimeout: idleConnectionMs,
  });
  const port = await listen(http, configuration.port).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const publicOrigin = configuration.publicOrigin ?? `http://localhost:${port}`;
  const now = () => performance.now();
  const pepper = createSecretKey(secrets.pepper);
  const guard = guardedFetcher(
    {
      allow: configuration.fetchAllow,
      http: configuration.fetchHttp,
      publicOrigin,
      userAgent: `${software} (+${publicOrigin})`,
    },
    {
      clock,
      ...(effects.resolve === undefined ? {} : { resolve: effects.resolve }),
      turns: hostTurns({
        take: (host) => takeTurn(host, turnRules, { storage, clock, pepper }),
        pause: (ms, signal) => pause(ms, undefined, signal === undefined ? {} : { signal }),
      }),
    },
  );
  const witness = { origin: publicOrigin, signer: await witnessOf(secrets.pepper) };
  const fetch = cachedFetcher(guard.fetch, now);
  const worker = startWorker({ storage, clock, random, fetchFor: () => limitedFetcher(fetch), witness, log });
  const app = createApp({
    storage,
    clock,
    // What a visitor asks for he is told as it is now, not as it was a quarter of an hour ago.
    readNow: fewAtOnce(guard.fetch, Math.ceil(configuration.maxRequests * shareOfReadings)),
    witness,
    scripts: effects.scripts ?? noScripts,
    nonces: nonces(secrets.nonce, clock),
    challenges: challenges(secrets.nonce, clock, random),
    passkeySite: passkeySiteOf(publicOrigin, configuration.extensionIds),
    pepper,
    rateScale: configuration.rateScale,
    publicOrigin,
    blockedHandles: configuration.blockedHandles,
    reportContact: configuration.reportContact,
    software,
    capacity: capacityOf(configuration.maxRequests),
    inTransit: inTransit(effects.maxBytesInTransit ?? maxBytesInTransit),
    clientAddress: clientAddress(configuration.trustedProxies),
    wakeWorker: worker.wake,
    log,
    now,
  });
  // Attached in the same turn as the socket began to listen: no request comes before it.
  http.on('request', app);
  return {
    port,
    origin: publicOrigin,
    end: async () => {
      await closeHttp(http);
      await worker.end();
      await guard.close();
      await storage.close();
    },
  };
}

/** Throws `ConfigurationError`. */
export async function openDatabase(
  place: DatabasePlace,
  open: typeof openStorage = openStorage,
): Promise<Storage> {
  try {
    return await open(place);
  } catch (error) {
    // The address may hold a password, so that it is not repeated.
    const where =
      place.engine === 'sqlite' ? `in DATA_DIR ${JSON.stringify(place.location)}` : 'that DATABASE_URL names';
    throw new ConfigurationError(`The database ${where} cannot be opened (${reasonOf(error)}).`);
  }
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error) => {
      const sentence =
        reasonOf(error) === 'EADDRINUSE'
          ? `PORT ${port} is in use by another program.`
          : `PORT ${port} cannot be listened on (${reasonOf(error)}).`;
      reject(new ConfigurationError(sentence));
    });
    http.listen(port, () => resolve((http.address() as AddressInfo).port));
  });
}

async function closeHttp(http: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const cut = setTimeout(() => http.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
