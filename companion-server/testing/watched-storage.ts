import type { Session, Storage } from '../storage/storage.ts';

/** The storage, which notes in `asked` every question that is put to it, in order. */
export function watchedStorage(storage: Storage, asked: string[]): Storage {
  const watch = (session: Session): Session =>
    Object.fromEntries(
      Object.entries(session).map(([group, calls]) => [
        group,
        Object.fromEntries(
          Object.entries(calls as Record<string, (...values: unknown[]) => unknown>).map(([name, call]) => [
            name,
            (...values: unknown[]) => {
              asked.push(`${group}.${name}`);
              return call(...values);
            },
          ]),
        ),
      ]),
    ) as unknown as Session;
  return {
    ...storage,
    read: (work) => storage.read((session) => work(watch(session))),
    ask: (question) => storage.ask((session) => question(watch(session))),
    write: (account, work) => storage.write(account, (session) => work(watch(session))),
  };
}
