import { parentPort, workerData } from 'node:worker_threads';
import { logStepsOf, moveLog } from './move-log.ts';

/* A thread with a connection of its own, which is told that something was written: `checkpoints.ts`. */
const { path, worthPages } = workerData as { readonly path: string; readonly worthPages: number };
const steps = logStepsOf(path);

parentPort?.on('message', () => moveLog(steps, worthPages));
