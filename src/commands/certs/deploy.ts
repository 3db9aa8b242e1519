import type { Outcome } from '../../core/plan/outcome.js';
import type { DeployTarget } from '../../core/pki/authority/deploy-targets.js';
import { DockerctlError } from '../../errors.js';
import { findCurrent, readBundle, whyRefused } from '../../system/authority/authority-bundle.js';
import { openAuthority } from '../../system/authority/authority.js';
import { givenPath } from '../../system/files/given-path.js';
import { PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { deployTo } from '../../app/certificates/deploy-certificates.js';
import { targetStatements } from '../../app/certificates/certs-record.js';
import { defineCommand, type Context, type OptionValues } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

const OPTIONS = {
  harbor: {
    type: 'string',
    placeholder: 'DIR',
    describe: "Harbor's folder, which holds harbor.yml",
  },
  registry: {
    type: 'string',
    placeholder: 'CONFIG.yml',
    describe: 'the configuration of a Docker Registry',
  },
  to: { type: 'string', placeholder: 'DIR', describe: 'any folder' },
  'with-root': {
    type: 'boolean',
    describe: 'the server sends the root, too: `trust add-registry --fetch` then finds it',
  },
  ...PKI_OPTION,
} as const;

export const command = defineCommand({
  isConfirmable: true,
  summary: 'Put a certificate where its server reads it; renewals follow',
  args: [{ name: 'NAME', describe: 'as `certs list` calls it', required: true }],
  options: OPTIONS,
  examples: [
    'certs deploy registry.example.com --harbor /opt/harbor',
    'certs deploy registry.example.com --registry /etc/docker/registry/config.yml',
    'certs deploy registry.example.com --to /etc/nginx/tls',
  ],
  run(context, { args: [name = ''], options }): Promise<Outcome> {
    const { host } = context;
    const target = targetOf(context, options);
    const authority = openAuthority(host, pkiFolder(context, options.pki));
    const entry = findCurrent(authority, name);
    const refused = whyRefused(host, authority, entry);
    if (refused !== null) throw new DockerctlError({ code: 'invalid-certificate', ...refused });
    const bundles = [readBundle(host, authority, entry)];
    const said = targetStatements(context, bundles, { folder: authority.folder, target });
    return deployTo(context, { authority, bundles }, { target, force: true, said });
  },
  render: renderOutcome,
});

function targetOf({ host }: Context, options: OptionValues<typeof OPTIONS>): DeployTarget {
  const given = (
    [
      ['harbor', options.harbor],
      ['registry', options.registry],
      ['folder', options.to],
    ] as const
  ).flatMap(([kind, path]): DeployTarget[] =>
    path === undefined
      ? []
      : [{ kind, path: givenPath(host, path), ...(options['with-root'] && { withRoot: true }) }],
  );
  const [target, ...more] = given;
  if (target !== undefined && more.length === 0) return target;
  throw new DockerctlError({
    code: 'usage',
    message: 'certs deploy takes one of --harbor, --registry and --to.',
    hint: 'dockerctl certs deploy NAME --to DIR',
  });
}
