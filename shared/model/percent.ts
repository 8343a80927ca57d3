/**
 * A text without its percent-encoding, or as it stands where that is none: then it means itself.
 * Source: RFC 3986 §2.1. Errors: none.
 */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
