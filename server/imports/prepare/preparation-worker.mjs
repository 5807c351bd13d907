/**
 * Start of the thread that reads and prepares a file. Plain JavaScript, because a worker thread has no TypeScript loader
 * of its own: it brings one and goes on in TypeScript.
 */
import { register } from 'tsx/esm/api';

register();
await import('./preparation-thread.ts');
