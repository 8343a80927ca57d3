import { accessibility } from './accessibility.ts';
import type { Assessment } from './assessment.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';

export const assessments: readonly Assessment[] = [javascript, php, accessibility];
