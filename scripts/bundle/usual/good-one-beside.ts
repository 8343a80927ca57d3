/** Only a picture holds a badge beside another, and pictures need the whole verifier. */
export const goodOneBeside = async (): Promise<undefined> => undefined;
