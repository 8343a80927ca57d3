import { serveOnLoopback } from './loopback.ts';

/** By whole address. */
export type Documents = ReadonlyMap<
  string,
  {
    readonly status: number;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    readonly location?: string;
  }
>;

export type ServedIssuer = {
  readonly origin: string;
  readonly port: number;
  /** what it answers from now on, by whole address; anything else is 404 */
  serve: (documents: Documents) => void;
  readonly asked: () => number;
  readonly end: () => Promise<void>;
};

/** A real issuer on loopback, by whatever name it is asked, that serves built documents; `open`: to the scripts of any page as well. */
export async function serveIssuer(readers?: 'open'): Promise<ServedIssuer> {
  const cors = readers === undefined ? {} : { 'access-control-allow-origin': '*' };
  let documents: Documents = new Map();
  let asked = 0;
  const { origin, port, end } = await serveOnLoopback((request, response) => {
    asked += 1;
    const served = documents.get(`http://${request.headers.host}${request.url}`);
    if (served === undefined) return response.writeHead(404).end();
    const location = served.location === undefined ? {} : { location: served.location };
    return response
      .writeHead(served.status, { 'content-type': served.mediaType, ...location, ...cors })
      .end(served.bytes);
  });
  return {
    origin,
    port,
    serve: (next) => {
      documents = next;
    },
    asked: () => asked,
    end,
  };
}
