import { describe, expect, it } from 'vitest';
import { archivePage } from './archive-page.ts';

const words = { language: 'en', title: 'A <backpack> & more', how: 'How', file: 'The file' };
const payload = `"><script>beacon()</script><img src=x onerror=beacon()>' onload='beacon()`;

describe('the page of an archive', () => {
  it('shows each badge with its files', () => {
    const file = 'badges/Ärger #1-abc.png';
    const page = archivePage(
      [{ name: 'Knots', issuer: 'By us', verdict: 'Checked', file, picture: file }],
      words,
    );
    expect(page).toContain('<h2 dir="auto">Knots</h2><p>By us</p><p>Checked</p>');
    expect(page).toContain('href="./badges/%C3%84rger%20%231-abc.png"');
    expect(page).toContain('src="./badges/%C3%84rger%20%231-abc.png"');
    expect(page).toContain('<title>A &#60;backpack&#62; &#38; more</title>');
  });

  it('lets nothing in a text or a path become markup (T47)', () => {
    const badge = { name: payload, issuer: payload, verdict: payload, file: payload, picture: payload };
    const page = archivePage([badge], words);
    const honest = archivePage(
      [{ ...badge, name: '', issuer: '', verdict: '', file: 'a', picture: 'a' }],
      words,
    );
    const tags = (html: string): readonly string[] =>
      (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.split(/[\s>]/)[0] ?? '');
    expect(tags(page)).toEqual(tags(honest));
    for (const tag of page.match(/<[^>]*>/g) ?? []) expect(tag).not.toMatch(/\son\w+\s*=/);
    // The twin: unescaped the same text would be a script and a picture of its own.
    expect(tags(honest.replace('<h2 dir="auto">', `<h2 dir="auto">${payload}`))).toContain('<script');
  });

  it('leads nowhere else, whatever a path says', () => {
    for (const path of ['//evil.example/x', 'javascript:alert(1)', 'https://evil.example', '../../x'])
      expect(archivePage([{ name: '', issuer: '', verdict: '', file: path }], words)).toMatch(
        /href="\.\/[^"]*"/,
      );
  });
});
