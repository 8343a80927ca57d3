import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ArchivedBadge, archivePage, pageScriptOf } from './archive-page.tsx';

const script = await pageScriptOf('document.title = "";');
const pageOf = (badges: readonly ArchivedBadge[]): string => archivePage(badges, 'en', script);
const payload = `"><script>beacon()</script><img src=x onerror=beacon()>' onload='beacon()`;

describe('the page of an archive', () => {
  it('shows each badge with its files', () => {
    const file = 'badges/Ärger #1-abc.png';
    const page = pageOf([{ name: 'Knots', issuer: 'By us', verdict: 'Checked', file, picture: file }]);
    expect(page).toContain('<h2 dir="auto">Knots</h2><p>By us</p><p>Checked</p>');
    expect(page).toContain('href="./badges/%C3%84rger%20%231-abc.png"');
    expect(page).toContain('src="./badges/%C3%84rger%20%231-abc.png"');
  });

  it('lets nothing in a text or a path become markup (T47)', () => {
    const badge = { name: payload, issuer: payload, verdict: payload, file: payload, picture: payload };
    const page = pageOf([badge]);
    const honest = pageOf([{ ...badge, name: '', issuer: '', verdict: '', file: 'a', picture: 'a' }]);
    const tags = (html: string): readonly string[] =>
      (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.split(/[\s>]/)[0] ?? '');
    expect(tags(page)).toEqual(tags(honest));
    for (const tag of page.match(/<[^>]*>/g) ?? []) expect(tag).not.toMatch(/\son\w+\s*=/);
    // The twin: unescaped the same text would be a script and a picture of its own.
    expect(tags(honest.replace('<h2 dir="auto">', `<h2 dir="auto">${payload}`))).toContain('<script');
  });

  it('leads nowhere else, whatever a path says', () => {
    for (const path of ['//evil.example/x', 'javascript:alert(1)', 'https://evil.example', '../../x'])
      expect(pageOf([{ name: '', issuer: '', verdict: '', file: path }])).toMatch(/href="\.\/[^"]*"/);
  });

  it('runs its one script alone, which nothing in it ends early', async () => {
    const code = 'const a = "</script><!--<script>"; /<\\/script/u.test(a);\r\n';
    const { code: safe, hash } = await pageScriptOf(code);
    expect(safe).toBe('const a = "\\x3C/script>\\x3C!--\\x3Cscript>"; /<\\/script/u.test(a);\n');
    expect(hash).toBe(createHash('sha256').update(safe).digest('base64'));
    const page = archivePage([], 'en', { code: safe, hash });
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`.replaceAll('&#39;', "'"));
    expect(page).toContain(`<script>${safe}</script>`);
  });
});
