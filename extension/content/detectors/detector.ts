/** One way in which a page may offer a badge. */
export type Detector = {
  readonly name: string;
  /** a single selector: lists of selectors cost three times as much on large pages */
  readonly selector: string;
  /** the offer in a matching element; `undefined` when it offers nothing after all */
  readonly read: (element: Element) => string | undefined;
};
