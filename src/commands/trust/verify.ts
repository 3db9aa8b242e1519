import { hasErrors, type Finding } from '../../core/plan/finding.js';
import { parseRegistry } from '../../core/registry/address.js';
import type { ConsumerName } from '../../core/trust/contributions/consumer.js';
import type { ConsumerProof } from '../../core/trust/proof/weigh-consumer.js';
import { DockerctlError } from '../../errors.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { countFindings, findingData, renderFindings } from '../text/findings-text.js';
import { knownRegistries, type KnownRegistry } from '../../app/trust/list-trusted.js';
import { readConsumers } from '../../app/trust/observe-registry.js';
import { judgeRegistries } from '../../app/trust/prove.js';
import { askConsumers } from '../../app/trust/prove-consumers.js';
import { REQUIRE_PROOF } from '../../app/trust/require-proof.js';

interface OneVerified {
  readonly registry: string;
  /** Nothing stands against it. */
  readonly ok: boolean;
  /** Every consumer that was asked got through itself. */
  readonly proved: boolean;
  readonly proofs: readonly ConsumerProof[];
}

interface Verified {
  readonly registries: readonly OneVerified[];
  readonly findings: readonly Record<string, unknown>[];
  readonly requireProof: boolean;
}

export const command = defineCommand({
  summary: 'do what dockerd does before a pull, have dockerd do it too, and say why it fails',
  args: [{ name: 'REGISTRY', describe: 'host, or host:port as in image names', many: true }],
  options: {
    all: { type: 'boolean', describe: 'every registry that is trusted on this machine' },
    to: {
      type: 'list',
      describe: 'docker,containerd,podman; default: docker and those of them that were told of it',
      placeholder: 'CONSUMERS',
    },
    'require-proof': REQUIRE_PROOF,
    deep: { type: 'boolean', describe: 'the older name of --require-proof' },
  },
  examples: ['trust verify registry.example.com:5000', 'trust verify --all --require-proof'],
  run: async (context, { args, options }): Promise<Verified> => {
    const chosen = await choose(context, { args, all: options.all, to: options.to });
    const forDocker = chosen.filter(({ consumers }) => consumers.includes('docker'));
    const [judged, byOthers] = await Promise.all([
      judgeRegistries(
        context,
        forDocker.map(({ registry }) => registry),
      ),
      askConsumers(context, chosen),
    ]);
    const findings = [...judged, ...byOthers].flatMap((one) => one.findings);
    const registries = chosen.map(({ registry: { name } }) => {
      const dockerd = judged.find(({ registry }) => registry === name);
      const proofs = [
        ...(dockerd === undefined ? [] : [proofBy(dockerd.proved)]),
        ...byOthers.filter(({ registry }) => registry === name).map(({ proof }) => proof),
      ];
      return {
        registry: name,
        ok: !hasErrors(findings.filter(({ subject }) => subject === name)),
        proved: proofs.length > 0 && proofs.every(({ proved }) => proved),
        proofs,
      };
    });
    const requireProof = options['require-proof'] || options.deep;
    return { registries, findings: findings.map(findingData), requireProof };
  },
  render: renderVerified,
  status: ({ registries, requireProof }) =>
    registries.every(({ ok, proved }) => ok && (proved || !requireProof)) ? 0 : 1,
});

function proofBy(proved: boolean): ConsumerProof {
  return { consumer: 'docker', proved, by: 'dockerd' };
}

interface Choice {
  readonly args: readonly string[];
  readonly all: boolean;
  readonly to: readonly string[];
}

async function choose(
  context: Context,
  { args, all, to }: Choice,
): Promise<readonly KnownRegistry[]> {
  if (args.length > 0 && all) throw usage('REGISTRY and --all do not go together.');
  if (args.length === 0 && !all) throw usage('nothing says which registry to verify.');
  const wanted = args.map(parseRegistry);
  const named = readConsumers(to);
  const known = named === null || all ? await knownRegistries(context) : [];
  const consumersOf = (name: string): readonly ConsumerName[] =>
    known.find(({ registry }) => registry.name === name)?.consumers ?? [];
  if (all) return named === null ? known : known.map((one) => ({ ...one, consumers: named }));
  return wanted.map((registry) => ({
    registry,
    consumers: named ?? [...new Set(['docker' as const, ...consumersOf(registry.name)])],
  }));
}

function usage(message: string): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message,
    hint: '`dockerctl trust verify registry.example.com:5000`, or `dockerctl trust verify --all`',
  });
}

function renderVerified({ registries, findings, requireProof }: Verified, style: Style): string {
  if (registries.length === 0)
    return 'No registry is trusted on this machine by its own certificates.';
  const list = findings as unknown as readonly Finding[];
  const count = countFindings(list);
  const text = renderFindings(list, style);
  return [
    ...registries.map((one) => lineOf(one, requireProof, style)),
    ...(text === '' ? [] : [text]),
    ...(count === '' ? [] : [count]),
  ].join('\n');
}

function lineOf(
  { registry, ok, proofs }: OneVerified,
  requireProof: boolean,
  style: Style,
): string {
  const by = proofs.filter(({ proved }) => proved).map((proof) => proof.by);
  const said = by.length === 0 ? 'not proved' : `proved by ${by.join(', ')}`;
  const good = ok && (by.length === proofs.length || !requireProof);
  return `${good ? style.green('ok') : style.red('fails')} ${registry}: ${said}`;
}
