import { unusual } from './unusual.ts';

export const verify = (): never => unusual();
