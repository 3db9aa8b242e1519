import { join, resolve } from 'node:path';
import type { Host } from '../../host/host.js';

/** A path as the operator typed it, made absolute: from the working folder, or below `--root` from its top. */
export const givenPath = (host: Host, path: string): string =>
  host.self.root === null ? resolve(path) : join('/', path);
