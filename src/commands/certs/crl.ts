import { join } from 'node:path';
import { draftCrl, publishCrl } from '../../system/authority/authority-crl.js';
import { CRL } from '../../system/authority/authority-revocations.js';
import { openAuthority } from '../../system/authority/authority.js';
import { loadAuthorityProfile } from '../../system/authority/certificate-profiles.js';
import { givenPath } from '../../system/files/given-path.js';
import { PASSPHRASE_OPTIONS, PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { writeFiles } from '../../app/certificates/deploy-certificates.js';
import { signerOf } from '../../app/certificates/certs-signing.js';
import { defineCommand, type Style } from '../../app/context/command.js';

export interface CrlAnswer {
  readonly status: 'planned' | 'published';
  readonly path: string;
  readonly number: number;
  readonly revoked: number;
  /** ISO 8601, UTC. */
  readonly nextUpdate: string;
  readonly placed: readonly string[];
}

export const command = defineCommand({
  summary: 'Publish a fresh revocation list',
  args: [],
  options: {
    days: { type: 'number', placeholder: 'N', describe: 'how long it is good for (default 30)' },
    out: { type: 'string', placeholder: 'FILE', describe: 'where a web server serves it from' },
    ...PASSPHRASE_OPTIONS,
    ...PKI_OPTION,
  },
  examples: ['certs crl --out /srv/www/crl.pem'],
  async run(context, { options }): Promise<CrlAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const authority = openAuthority(host, folder);
    const { crlDays } = loadAuthorityProfile(host);
    const signer = await signerOf(context, options, authority);
    const { dryRun, lockTimeoutMs: waitMs } = context.options;
    const order = { days: options.days ?? crlDays, revoke: [] };
    const { list, pem } = dryRun
      ? draftCrl(host, { signer, authority }, order)
      : await publishCrl(host, signer, { ...order, folder, waitMs });
    const wanted = { bytes: Buffer.from(pem), isKey: false, mode: 0o644, owner: null };
    const { out } = options;
    return {
      status: dryRun ? 'planned' : 'published',
      path: join(folder, CRL),
      number: list.number,
      revoked: list.revoked.length,
      nextUpdate: new Date(list.nextUpdate).toISOString(),
      placed:
        out === undefined
          ? []
          : await writeFiles(context, [{ ...wanted, path: givenPath(host, out) }]),
    };
  },
  render: ({ status, path, number, revoked, nextUpdate, placed }: CrlAnswer, style: Style) =>
    [
      `${status === 'planned' ? style.yellow('Would publish') : style.green('Published')} revocation list ${number} with ${revoked} ${revoked === 1 ? 'certificate' : 'certificates'}, good until ${nextUpdate.slice(0, 10)}`,
      ...[path, ...placed].map((one) => `  ${one}`),
    ].join('\n'),
});
