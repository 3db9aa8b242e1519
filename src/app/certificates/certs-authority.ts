import { parsePermit } from '../../core/pki/x509/constraints.js';
import { isKeyType, KEY_TYPES } from '../../core/pki/keys/key-type.js';
import { commonName, parseSubject } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import type { InitOrder } from '../../system/authority/authority-init.js';
import { loadAuthorityProfile } from '../../system/authority/certificate-profiles.js';
import { givenPassphrase, type PassphraseOptions } from '../context/certs-options.js';
import type { Context } from '../context/command.js';

/** The options for a new authority; none is what `certs init` alone means. */
export interface AuthorityOptions extends PassphraseOptions {
  readonly name?: string | undefined;
  readonly subject?: string | undefined;
  readonly permit?: readonly string[];
  readonly 'key-type'?: string | undefined;
  readonly days?: number | undefined;
  readonly intermediate?: boolean;
  readonly 'ask-passphrase'?: boolean;
}

/** The options with the rest from the profile `ca`. Asks for a passphrase where they say so. Throws `invalid-value`. */
export async function readAuthorityOrder(
  context: Context,
  options: AuthorityOptions,
): Promise<InitOrder> {
  const { host } = context;
  const profile = loadAuthorityProfile(host);
  const keyType = options['key-type'] ?? profile.keyType;
  const more = parseSubject(options.subject ?? '').filter(([type]) => type !== 'CN');
  const suffix = Buffer.from(host.random.bytes(3)).toString('hex');
  const fallback = `${host.self.hostname.slice(0, 48)} CA ${suffix}`;
  return {
    subject: [...more, commonName(options.name ?? fallback)],
    keyType: isKeyType(keyType) ? keyType : profile.keyType,
    days: options.days ?? profile.days,
    intermediateDays: options.intermediate === true ? profile.intermediateDays : null,
    constraints: parsePermit(options.permit ?? []),
    passphrase:
      givenPassphrase(context, options) ??
      (options['ask-passphrase'] === true ? await askTwice(context) : null),
    crlUrl: profile.crlUrl,
    caUrl: profile.caUrl ?? null,
  };
}

async function askTwice({ terminal }: Context): Promise<string> {
  const option = '--passphrase-file FILE';
  const first = await terminal.secret('New passphrase for the authority', option);
  const second = await terminal.secret('The same again', option);
  if (first !== '' && first === second) return first;
  throw new DockerctlError({
    code: 'invalid-value',
    message: first === '' ? 'The passphrase is empty.' : 'The two passphrases differ.',
    hint: 'run the command again',
  });
}

/** What the operator should know about an authority of this kind. */
export function notesOfOrder({ keyType, passphrase, constraints }: InitOrder): string[] {
  const { warning } = KEY_TYPES[keyType];
  return [
    ...(warning === null ? [] : [warning]),
    ...(passphrase === null
      ? [
          'the key is not locked: it is protected by its mode (0600 in a folder of 0700) alone; --passphrase-file locks it',
        ]
      : []),
    ...(constraints !== null && constraints.permitted.ip.length === 0
      ? ['IP addresses are excluded, or every client would accept any: --permit CIDR allows some']
      : []),
  ];
}
