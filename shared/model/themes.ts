/** The looks that a learner may choose for their own pages; the first is that of everybody who chose none. */
export const themes = ['paper', 'harbour', 'meadow', 'ember'] as const;
export type Theme = (typeof themes)[number];

/** What a manifest names, or the usual one for a name of another time. */
export function themeOf(name: string | undefined): Theme {
  return themes.find((theme) => theme === name) ?? themes[0];
}
