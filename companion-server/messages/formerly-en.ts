/** Said of an earlier key, by the page and by whoever checks it. */
export const formerlyEn =
  'Before, this person signed with the key …\u2060{tail}; both keys have signed that it is so.';
