import { join } from 'node:path';
import { publishCrl } from '../../system/authority-crl.js';
import { openSigner } from '../../system/authority-signer.js';
import { CRL, openAuthority } from '../../system/authority.js';
import { loadAuthorityProfile } from '../../system/certificate-profiles.js';
import { givenPath } from '../../system/given-path.js';
import { PASSPHRASE_OPTIONS, passphraseAsker, PKI_OPTION, pkiFolder } from '../certs-options.js';
import { writeFiles } from '../certs-place.js';
import { defineCommand, type Style } from '../command.js';

export interface CrlAnswer {
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
    const { crlDays, crlUrl } = loadAuthorityProfile(host);
    const signer = await openSigner(host, authority, {
      ask: passphraseAsker(context, options),
      crlUrl,
    });
    const list = await publishCrl(host, signer, {
      folder,
      waitMs: context.options.lockTimeoutMs,
      days: options.days ?? crlDays,
      revoke: [],
    });
    const path = join(folder, CRL);
    const bytes = host.fs.read(path);
    const wanted = { bytes, isKey: false, mode: 0o644, owner: null };
    const { out } = options;
    const placed =
      out === undefined
        ? []
        : await writeFiles(context, [{ ...wanted, path: givenPath(host, out) }]);
    const nextUpdate = new Date(list.nextUpdate).toISOString();
    return { path, number: list.number, revoked: list.revoked.length, nextUpdate, placed };
  },
  render: ({ path, number, revoked, nextUpdate, placed }: CrlAnswer, style: Style) =>
    [
      `${style.green('Published')} revocation list ${number} with ${revoked} ${revoked === 1 ? 'certificate' : 'certificates'}, good until ${nextUpdate.slice(0, 10)}`,
      ...[path, ...placed].map((one) => `  ${one}`),
    ].join('\n'),
});
