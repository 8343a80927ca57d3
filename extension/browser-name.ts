/** The first that fits counts: most browsers name others beside themselves. */
const browsers = [
  ['Firefox', /Firefox\//],
  ['Edge', /Edg\//],
  ['Opera', /OPR\//],
  ['Chrome', /Chrome\//],
  ['Safari', /Safari\//],
] as const;

const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['Linux', /Linux|X11/],
] as const;

/** What a browser calls itself, for a list of the learner's own devices: "Firefox · Linux". */
export function browserName(userAgent: string): string {
  const named = [browsers, systems].map((kind) => kind.find(([, form]) => form.test(userAgent))?.[0]);
  return named.filter((part) => part !== undefined).join(' · ');
}
