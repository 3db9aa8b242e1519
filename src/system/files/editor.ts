import { join } from 'node:path';
import { onFile } from '../../core/text/file-error.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { makeFolders } from './folder.js';

/** Where nobody chose one: Debian's choice, then what every Unix has. */
const EDITORS = ['editor', 'vi'];

/**
 * Gives a copy of the text to $VISUAL or $EDITOR and waits for it to close. The copy lives in a folder of our own that
 * only we can read, and is gone afterwards. Throws `file-unreadable` when no editor starts or it ends with an error.
 */
export async function editText(host: Host, text: Uint8Array): Promise<Uint8Array> {
  const { fs, self, random } = host;
  const id = Buffer.from(random.bytes(8)).toString('hex');
  const folder = join(statePaths(self).stateFolder, `edit-${id}`);
  const file = join(folder, 'daemon.json');
  makeFolders(host, folder, 0o700);
  try {
    fs.create(file, text);
    await runEditor(host, join(self.root ?? '/', file));
    return onFile(file, 'read', () => fs.read(file));
  } finally {
    for (const name of fs.list(folder)) fs.unlink(join(folder, name));
    fs.removeFolder(folder);
  }
}

async function runEditor({ exec, self: { env } }: Host, file: string): Promise<void> {
  const chosen = [env.VISUAL, env.EDITOR].find((editor) => (editor?.trim() ?? '') !== '');
  for (const editor of chosen === undefined ? EDITORS : [chosen]) {
    const [program = editor, ...options] = editor.trim().split(/\s+/);
    const status = await started(() => exec.interactive([program, ...options, file]));
    if (status === 0) return;
    if (status !== null)
      throw new DockerctlError({
        code: 'file-unreadable',
        message: `The editor, ${program}, ended with status ${status}: nothing was changed.`,
        hint: 'dockerctl config edit',
      });
  }
  throw new DockerctlError({
    code: 'file-not-found',
    message:
      chosen === undefined
        ? `There is no editor on this machine: neither ${EDITORS.join(' nor ')}.`
        : `There is no ${chosen} on this machine, which $VISUAL or $EDITOR names.`,
    hint: '`EDITOR=nano dockerctl config edit`, or `dockerctl config set KEY VALUE`',
  });
}

/** null: there is no such program. */
async function started(run: () => Promise<number>): Promise<number | null> {
  try {
    return await run();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
