const cookieName = 'learner';

/** An e-mail address as somebody types it; `''` for none, `undefined` for what is no address. */
export function parseEmail(text: string): string | undefined {
  const email = text.trim();
  if (email === '') return '';
  return email.length <= 254 && /^[^\s@<>"',;]+@[^\s@<>"',;]+$/.test(email) ? email : undefined;
}

/** The cookie that remembers whom badges are made out to. It never leaves with another site's request. */
export function learnerCookie(email: string): string {
  const value = Buffer.from(email, 'utf8').toString('base64url');
  return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict${email === '' ? '; Max-Age=0' : ''}`;
}

/** The address in a request's cookies. */
export function learnerOf(cookies: string | undefined): string | undefined {
  const found = (cookies ?? '').split(';').map((one) => one.trim().split('='));
  const value = found.find(([name]) => name === cookieName)?.[1];
  if (value === undefined) return undefined;
  const email = parseEmail(Buffer.from(value, 'base64url').toString('utf8'));
  return email === '' ? undefined : email;
}
