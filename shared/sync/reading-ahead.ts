import type { Result } from '../model/result.ts';
import type { LogPage, LogQuery, SyncTransport } from './transport.ts';

/**
 * The same transport, which asks for the next page of the log as soon as one has come, so that it travels while that one
 * is opened and stored. It is given to whoever asks for just that page next, and to nobody else. `arrived` hears of each
 * page as soon as it is there, and the next one has been asked for: what it begins may keep busy whoever signs questions.
 */
export function readingAhead(transport: SyncTransport, arrived: (page: LogPage) => void): SyncTransport {
  let ahead: { readonly after: number; readonly page: Promise<Result<LogPage>> } | undefined;
  const readAhead = async (query: LogQuery): Promise<Result<LogPage>> => {
    const page = await transport.pull(query);
    if (page.ok) arrived(page.value);
    return page;
  };
  return {
    ...transport,
    pull: async (query) => {
      const before = ahead?.after === query.after ? ahead.page : undefined;
      const page = await (before ?? transport.pull(query));
      ahead = undefined;
      if (!page.ok) return page;
      if (page.value.more && page.value.commits.length > 0) {
        const after = query.after + page.value.commits.length;
        ahead = { after, page: readAhead({ ...query, after }) };
        // Whoever needs it is told; nobody may need it.
        ahead.page.catch(() => undefined);
      }
      if (before === undefined) arrived(page.value);
      return page;
    },
  };
}
