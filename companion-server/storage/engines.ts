import type { Engine } from './engine.ts';
import { postgresql } from './postgres.ts';
import { sqlite } from './sqlite.ts';

export const engines: readonly Engine[] = [sqlite, postgresql];
