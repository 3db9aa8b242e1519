import { KEY_TYPE_NAMES } from '../../core/pki/keys/key-type.js';
import { DockerctlError } from '../../errors.js';
import { authorityFolder } from '../../system/authority/authority.js';
import type { AskPassphrase } from '../../system/authority/authority-signer.js';
import { givenPath } from '../../system/files/given-path.js';
import { passphraseFromDescriptor, passphraseFromFile } from '../../system/files/passphrase.js';
import type { Context, OptionSpec } from './command.js';

/** Where the authority is: every command of certs that touches the store. */
/** For what would begin a world of one's own beside root's. */
export const USER_OPTION = {
  user: { type: 'boolean', describe: "for this user alone, though the dockerd here is root's" },
} as const;

export const PKI_OPTION = {
  pki: {
    type: 'string',
    placeholder: 'DIR',
    describe: 'the folder of the authority (default /var/lib/dockerctl/pki)',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** How a locked key is opened. There is no option that takes the passphrase itself: argv is for all to see. */
export const PASSPHRASE_OPTIONS = {
  'passphrase-file': {
    type: 'string',
    placeholder: 'FILE',
    describe: 'the passphrase is the first line of this file',
  },
  'passphrase-fd': {
    type: 'number',
    placeholder: 'N',
    describe: 'the passphrase is the first line that this open descriptor gives',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const KEY_TYPE_OPTION = {
  'key-type': {
    type: 'string',
    choices: KEY_TYPE_NAMES,
    describe: 'kind of key (default: as the profile says, ecdsa-p256)',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export interface PassphraseOptions {
  readonly 'passphrase-file': string | undefined;
  readonly 'passphrase-fd': number | undefined;
}

export const pkiFolder = ({ host }: Context, pki: string | undefined): string =>
  authorityFolder(host, pki === undefined ? undefined : givenPath(host, pki));

/** The passphrase the options name, or null. Throws for a file or descriptor that cannot be read. */
export function givenPassphrase(
  { host, terminal }: Context,
  options: PassphraseOptions,
): string | null {
  const { 'passphrase-file': file, 'passphrase-fd': descriptor } = options;
  if (file !== undefined && descriptor !== undefined) throw oneSourceOnly();
  if (file !== undefined) {
    const { passphrase, warning } = passphraseFromFile(host, givenPath(host, file));
    if (warning !== null) terminal.note(`Warning: ${warning}`);
    return passphrase;
  }
  return descriptor === undefined ? null : passphraseFromDescriptor(host, descriptor);
}

/** What the options name, else the person at the terminal. */
export const passphraseAsker =
  (context: Context, options: PassphraseOptions): AskPassphrase =>
  async (question) =>
    givenPassphrase(context, options) ??
    (await context.terminal.secret(question, '--passphrase-file FILE'));

const oneSourceOnly = (): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: '--passphrase-file and --passphrase-fd both name a passphrase.',
    hint: 'leave one of them out',
  });
