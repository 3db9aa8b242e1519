import { REASONS, type Reason } from '../../core/pki/x509/crl.js';
import type { CertificateEntry } from '../../core/pki/authority/entry.js';
import { DockerctlError } from '../../errors.js';
import { findCurrent } from '../../system/authority/authority-bundle.js';
import { publishCrl } from '../../system/authority/authority-crl.js';
import { openAuthority, type Authority } from '../../system/authority/authority.js';
import { loadAuthorityProfile } from '../../system/authority/certificate-profiles.js';
import { PASSPHRASE_OPTIONS, PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { signerOf } from '../../app/certificates/certs-signing.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { noteLines } from '../text/note-lines.js';

export interface RevokeAnswer {
  readonly status: 'unchanged' | 'planned' | 'revoked';
  readonly name: string;
  readonly serial: string;
  readonly reason: Reason;
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Revoke a certificate, and publish a new revocation list',
  args: [{ name: 'NAME', describe: 'as `certs list` calls it, or a serial', required: true }],
  options: {
    reason: {
      type: 'string',
      choices: Object.keys(REASONS),
      default: 'unspecified',
      describe: 'why, for those who read the list',
    },
    ...PASSPHRASE_OPTIONS,
    ...PKI_OPTION,
  },
  examples: ['certs revoke registry.example.com --reason key-compromise'],
  async run(context, { args: [name = ''], options }): Promise<RevokeAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const authority = openAuthority(host, folder);
    const entry = findAny(authority, name);
    const known = authority.revoked.get(entry.serial);
    const reason = known?.reason ?? (options.reason as Reason);
    const notes = [
      'servers and clients see it when they fetch the list; dockerd never does: take the key off the server too',
    ];
    const answer = { name: entry.name, serial: entry.serial, reason, notes };
    if (known !== undefined) return { status: 'unchanged', ...answer, notes: [] };
    if (context.options.dryRun) return { status: 'planned', ...answer };
    const { crlDays } = loadAuthorityProfile(host);
    const signer = await signerOf(context, options, authority);
    await publishCrl(host, signer, {
      folder,
      waitMs: context.options.lockTimeoutMs,
      days: crlDays,
      revoke: [{ serial: entry.serial, at: host.clock.now(), reason }],
    });
    return { status: 'revoked', ...answer };
  },
  render,
});

/** What is in force by its name, anything by its serial. */
function findAny(authority: Authority, name: string): CertificateEntry {
  const serial = name.replaceAll(':', '').toLowerCase();
  const old = authority.entries.find((entry) => entry.serial === serial);
  if (old !== undefined) return old;
  if (name !== '') return findCurrent(authority, name);
  throw new DockerctlError({
    code: 'usage',
    message: 'No name is given.',
    hint: 'dockerctl certs list',
  });
}

const DONE: Readonly<Record<RevokeAnswer['status'], string>> = {
  unchanged: 'Was revoked already:',
  planned: 'Would revoke',
  revoked: 'Revoked',
};

function render({ status, name, serial, reason, notes }: RevokeAnswer, style: Style): string {
  return [
    `${style.green(DONE[status])} ${style.bold(name)} (${serial}, ${reason})`,
    ...noteLines(notes, style),
  ].join('\n');
}
