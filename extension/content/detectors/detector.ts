/** One way in which a page may offer a badge. */
export type Detector = {
  readonly name: string;
  /** a single selector: lists of selectors cost three times as much on large pages */
  readonly selector: string;
  /** looked for from the moment the popup was opened on the page: a guess, not worth the time of every page */
  readonly waitsForPopup?: true;
  /** the offer in a matching element; `undefined` when it offers nothing after all */
  readonly read: (element: Element) => string | undefined;
};
