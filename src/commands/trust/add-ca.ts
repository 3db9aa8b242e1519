import { authority } from '../../core/declaration/statements.js';
import { readAuthorities } from '../../core/trust/material/authorities.js';
import { nameOf, parseCertificates } from '../../core/trust/material/certificates.js';
import { planContributions } from '../../core/trust/consumers/plan-trust.js';
import { addToStore, readsStore } from '../../core/trust/consumers/system/system.js';
import { DockerctlError } from '../../errors.js';
import { readGiven } from '../../system/files/operator-file.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { applyChange } from '../../app/change/apply-change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';
import { withRecord } from '../../app/declaration/record-change.js';
import { checkStore, unreadByDockerd } from '../../app/trust/store-check.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'make every program on this machine trust a CA, dockerd included',
  args: [{ name: 'FILE', describe: 'CA certificate, or a bundle of them', required: true }],
  options: {
    name: {
      type: 'string',
      describe: 'name for remove-ca; default: the common name of the CA',
      placeholder: 'NAME',
    },
  },
  examples: ['trust add-ca corporate-root.crt --name corporate'],
  run: async (context, { args: [file = ''], options }) => {
    const { pem, notes } = readAuthorities(readGiven(context.host, file), context.host.clock.now());
    const name = options.name ?? commonName(pem);
    refuseName(name);
    const { snapshot } = readSnapshot(context.host, (seen) => readsStore(null, seen));
    const plan = planContributions(`trust add-ca ${name}`, [
      addToStore(snapshot, { name, ca: pem }),
    ]);
    const noted = { ...plan, notes: [...notes, ...plan.notes] };
    const said = [authority(name, pem)];
    const outcome = await applyChange(context, await withRecord(context, noted, said));
    if (outcome.status === 'applied') checkStore(context, pem);
    const told = [...outcome.plan.notes, ...(await unreadByDockerd(context, pem))];
    return { ...outcome, plan: { ...outcome.plan, notes: told }, name };
  },
  render: renderOutcome,
});

function commonName(pem: string): string {
  const [first] = parseCertificates(Buffer.from(pem));
  const subject = nameOf(first?.subject ?? '');
  const cn = /(?:^|, )CN=([^,]*)/.exec(subject)?.[1] ?? subject;
  return cn
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .toLowerCase();
}

/** It becomes a part of a file's name. */
function refuseName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name)) return;
  throw new DockerctlError({
    code: 'invalid-value',
    message: 'The name of the CA must be 1 to 100 letters, digits, dots, hyphens or underscores.',
    hint: 'dockerctl trust add-ca FILE --name corporate-root',
  });
}
