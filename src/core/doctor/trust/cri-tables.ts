import { attempt, isDockerctlError } from '../../../errors.js';
import type { Finding } from '../../plan/finding.js';
import { fileAt } from '../../plan/snapshot.js';
import { shellWord } from '../../text/shell-word.js';
import { criRegistry, oldRegistries } from '../../trust/consumers/containerd/containerd-config.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** The old tables of registries of containerd's CRI plugin: what they leave open, and what others may read in them. */
export function criTables({ snapshot }: Pick<DoctorFacts, 'snapshot'>): Finding[] {
  const cri = attempt(() => criRegistry(snapshot));
  if (cri === null || isDockerctlError(cri)) return [];
  const old = oldRegistries(cri);
  if (old.length === 0) return [];
  const { path } = cri.file;
  const open = old.filter(({ skipVerify }) => skipVerify).map(({ name }) => name);
  const readable = ((fileAt(snapshot, path)?.mode ?? 0) & 0o077) !== 0;
  const secret = old.filter(({ hasSecret }) => hasSecret).map(({ name }) => name);
  const unverified = open.length === 0 ? '' : `; nothing is verified for ${open.join(', ')}`;
  return [
    found('cri-old-tables', {
      ...{ subject: 'containerd', path },
      message: `its CRI plugin has registries in the old tables (${old.map(({ name }) => name).join(', ')}), beside which no hosts.toml counts for Kubernetes${unverified}.`,
      hint: 'dockerctl trust migrate --to containerd',
    }),
    ...(secret.length > 0 && readable
      ? [
          found('cri-password-readable', {
            ...{ subject: 'containerd', path },
            message: `it holds the password for ${secret.join(', ')}, and other users of this machine can read it.`,
            hint: `chmod 600 ${shellWord(path)}`,
          }),
        ]
      : []),
  ];
}
