/** Every word of the page inside a saved file, in English, but for those of the badges themselves. */
export const archiveEn = {
  title: 'A backpack of badges',
  how: 'Saved from Backpack. Each badge is a plain file that any checker of Open Badges reads; what stands here is what was found when it was last checked. Another Backpack takes the whole archive back in.',
  file: 'The badge, as its issuer gave it',
  checked: 'checked on {date}',
  check: 'Check it yourself',
  checkHow:
    'Choose the saved file, as it was before it was unpacked. It is checked in this page, on this computer: nothing is sent anywhere and nobody is asked.',
  noScript: 'This page can check the badges too, once it may run its script.',
  choose: 'Choose the saved file',
  reading: 'Reading the file …',
  checking: '{done} of {of} badges checked',
  unchanged: {
    one: 'The {count} file of this archive is as it was when it was saved on {date}.',
    other: 'All {count} files of this archive are as they were when it was saved on {date}.',
  },
  signed:
    'A browser with the key … {tail} saved it. Whether that is the browser of the person whose badges these are only that person can tell.',
  unsigned: 'No browser has signed it, so that anybody may have made it.',
  recorded:
    'Answers of issuers are those that were saved. That they were given so is the word of whoever saved them.',
  why: 'Show all checks',
};
