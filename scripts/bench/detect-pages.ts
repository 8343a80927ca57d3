import { serveOnLoopback } from '../../companion-server/testing/loopback.ts';

/** The pages that detection is measured on, and every request that reached their server. */
export type PageServer = {
  readonly origin: string;
  readonly requests: string[];
  readonly close: () => Promise<void>;
};

export const addedNodes = 10_000;

export async function servePages(): Promise<PageServer> {
  const requests: string[] = [];
  const { origin, end } = await serveOnLoopback((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requests.push(path);
    const page = pages[path];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  return { origin, requests, close: end };
}

const icon = '<link rel="icon" href="data:,">';
const small = `<!doctype html><html lang="en"><head><title>Small</title>${icon}</head><body><p>${'A page like many. '.repeat(50)}</p></body></html>`;

/** 20,000 elements and about 1 MB, nested as articles and lists are. */
const large = (() => {
  const item = (index: number) =>
    `<li><a href="/item/${index}">Item ${index}</a> <span>${'x'.repeat(100)}</span></li>`;
  const list = (index: number) =>
    `<section><h2>Part ${index}</h2><ul>${Array.from({ length: 13 }, (_, at) => item(index * 13 + at)).join('')}</ul></section>`;
  const body = Array.from({ length: 476 }, (_, index) => list(index)).join('');
  return `<!doctype html><html lang="en"><head><title>Large</title>${icon}</head><body>${body}</body></html>`;
})();

/** Adds its nodes in a hundred steps after load, as an endless list does; copies, so that its own script costs little. */
const growing = `<!doctype html><html lang="en"><head><title>Growing</title>${icon}</head><body><template id="rows">${'<p><span></span></p>'.repeat(addedNodes / 200)}</template><div id="list"></div><script>
addEventListener('load', () => {
  const list = document.getElementById('list');
  const rows = document.getElementById('rows').content;
  let step = 0;
  const add = () => {
    list.append(rows.cloneNode(true));
    step += 1;
    if (step < 100) setTimeout(add, 5);
    else document.title = 'Grown';
  };
  setTimeout(add, 50);
});
</script></body></html>`;

const offering = `<!doctype html><html lang="en"><head><title>Offering</title>${icon}<meta name="openbadges:offer" content="/never-asked.json"></head><body><p>Well done.</p></body></html>`;

/** Nothing at first; a script adds the tag where the fragment says, after one second or while the page is busy. */
const later = `<!doctype html><html lang="en"><head><title>Later</title>${icon}</head><body><p>Wait.</p><script>
globalThis.addTag = (where) => {
  const tag = document.createElement('meta');
  tag.name = 'openbadges:offer';
  tag.content = '/never-asked.json?' + where;
  document[where].append(tag);
};
globalThis.keepBusy = () => {
  const box = document.body.appendChild(document.createElement('div'));
  globalThis.busy = setInterval(() => { box.replaceChildren(document.createElement('i')); }, 20);
};
</script></body></html>`;

const pages: Readonly<Record<string, string>> = {
  '/small': small,
  '/large': large,
  '/growing': growing,
  '/offering': offering,
  '/later': later,
};
