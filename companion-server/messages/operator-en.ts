/** What an operator reads in the terminal. */
export const operatorEn = {
  usage: `Commands, beside starting the server:
  takedown HANDLE   delete what a profile publishes, and let nothing be published for it
  suspend HANDLE    hide a profile and let nothing be published for it, but delete nothing
  restore HANDLE    undo either
  closed            list the profiles that are taken down or suspended
`,
  notAHandle: '{name} is no handle: it has 3 to 30 small letters, numbers and single hyphens.',
  nobody: 'Nobody has the handle @{name} here.',
  takedown:
    '@{name} is taken down: what it published is deleted, and its owner can publish nothing until you restore it.',
  suspend: '@{name} is suspended: it is hidden, and its owner can publish nothing until you restore it.',
  restore: '@{name} is restored: its owner can publish again, and what was only suspended is shown again.',
  notClosed: '@{name} was neither taken down nor suspended.',
  none: 'No profile is taken down or suspended.',
  closed: '@{name}  {closure}  since {at}',
  failed: 'Nothing was changed: the database did not take it. Try again.',
} as const;
