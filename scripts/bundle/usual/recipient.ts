import { unusual } from './unusual.ts';

/** Asked only of those who say whom the badge should be about. */
export const compareAny = async (): Promise<never> => unusual();
