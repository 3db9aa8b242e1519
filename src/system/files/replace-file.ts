import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { onFile } from '../../core/text/file-error.js';
import type { Host } from '../../host/host.js';
import { locate } from './image.js';

/**
 * Other bytes for a file that no daemon lives by: whole or not at all, with its mode, owner and attributes. Links stay links.
 * What a dockerd reads goes by a plan instead.
 */
export function replaceFile({ fs, ...host }: Host, path: string, bytes: Uint8Array): void {
  onFile(path, 'write', () => {
    const real = locate({ fs, ...host }, path);
    const fresh = join(dirname(real), `.${basename(real)}.${randomUUID()}`);
    fs.create(fresh, bytes);
    try {
      fs.copyAttributes(real, fresh);
      fs.rename(fresh, real);
    } catch (error) {
      fs.unlink(fresh);
      throw error;
    }
  });
}
