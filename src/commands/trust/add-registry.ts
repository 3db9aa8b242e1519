import { hasErrors, type Finding } from '../../core/plan/finding.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { addRegistry, type Added } from '../../app/trust/add-registry.js';
import { REQUIRE_PROOF } from '../../app/trust/require-proof.js';
import { READ_BACK } from '../../core/trust/proof/weigh-consumer.js';
import { findingData, renderFindings } from '../text/findings-text.js';
import { renderOutcome } from '../text/outcome-text.js';

interface Answer extends Omit<Added, 'findings'> {
  readonly findings: readonly Record<string, unknown>[];
}

export const command = defineCommand({
  isConfirmable: true,
  summary: 'make a registry trusted, and prove it',
  args: [{ name: 'REGISTRY', describe: 'host, or host:port as in image names', required: true }],
  options: {
    ca: {
      type: 'string',
      describe: 'CA certificate: a file, or an https address',
      placeholder: 'FILE',
    },
    fetch: { type: 'boolean', describe: 'get the CA from the registry itself' },
    fingerprint: {
      type: 'string',
      describe: 'SHA-256 that the fetched CA must have',
      placeholder: 'SHA256',
    },
    'client-cert': { type: 'string', describe: 'certificate to show it', placeholder: 'FILE' },
    'client-key': { type: 'string', describe: 'key of that certificate', placeholder: 'FILE' },
    insecure: { type: 'boolean', describe: 'verify nothing, and accept http' },
    to: {
      type: 'list',
      describe:
        'docker,containerd,podman,buildkit,k3s,system,java,nss; default: docker and those found here that pull',
      placeholder: 'CONSUMERS',
    },
    verify: {
      type: 'boolean',
      default: true,
      describe: 'do not prove it',
    },
    'require-proof': REQUIRE_PROOF,
  },
  examples: [
    'trust add-registry registry.example.com:5000 --ca ca.crt',
    'trust add-registry registry.example.com --fetch --fingerprint 3A:5F:…',
    'trust add-registry registry.example.com --ca ca.crt --client-cert me.crt --client-key me.key',
  ],
  run: async (context, { args: [typed = ''], options }): Promise<Answer> => {
    const added = await addRegistry(context, typed, options);
    return { ...added, findings: added.findings.map(findingData) };
  },
  render: renderAdded,
  status: ({ findings, lacksProof }) =>
    lacksProof || hasErrors(findings as unknown as Finding[]) ? 1 : 0,
});

function renderAdded(added: Answer, style: Style): string {
  const findings = renderFindings(added.findings as unknown as readonly Finding[], style);
  return [
    renderOutcome(added, style),
    ...(findings === '' ? [] : [findings]),
    ...proofText(added, style),
  ].join('\n');
}

/** Who was seen to reach it; only what was seen. */
function proofText({ registry, proofs, lacksProof }: Answer, style: Style): string[] {
  const proved = proofs.filter((proof) => proof.proved);
  const names = new Set(proved.map(({ by }) => by).filter((by) => by !== READ_BACK));
  const seen = [...names].join(', ');
  const stores = proved.filter(({ by }) => by === READ_BACK).map(({ consumer }) => consumer);
  const open = proofs.filter(({ proved }) => !proved).map(({ by, consumer }) => by || consumer);
  return [
    ...(seen === '' ? [] : [`${style.green('Proved')} by ${seen}: ${registry} can be used.`]),
    ...(stores.length > 0
      ? [`${style.green('Read back')}: the CA is in these stores: ${stores.join(', ')}.`]
      : []),
    ...(open.length > 0 && !lacksProof
      ? [
          `${style.yellow('Not proved')} by ${[...new Set(open)].join(', ')}: --require-proof makes that exit status 1.`,
        ]
      : []),
    ...(lacksProof ? [`${style.red('Not proved')}, and --require-proof asks for it.`] : []),
  ];
}
