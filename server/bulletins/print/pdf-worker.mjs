/** Start of the thread that prints one bulletin: layout takes seconds, and nobody else should wait for it. */
import { register } from 'tsx/esm/api';

register();
await import('./pdf-thread.ts');
