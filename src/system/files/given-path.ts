import { join, resolve } from 'node:path';
import type { Host } from '../../host/host.js';

/** A path as the operator typed it, made absolute: from the working folder, or below `--root` from its top. */
export const givenPath = (host: Host, path: string): string =>
  host.self.root === null ? resolve(path) : join('/', path);

/** The name of a file that is only read (`readGiven` of the port): the place where it is, or as it was typed where `--root` leaves that open. */
export const shownPath = (host: Host, path: string): string =>
  host.self.root === null ? resolve(path) : path;
