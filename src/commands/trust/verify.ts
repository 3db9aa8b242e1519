import { hasErrors, type Finding } from '../../core/plan/finding.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { proxyFinding } from '../../core/registry/proxy.js';
import { DockerctlError } from '../../errors.js';
import { endsDockerd } from '../../core/trust/diagnosis/ends-dockerd.js';
import { verifyRegistries, type RegistryVerdict } from '../../system/trust/registry-trust.js';
import { askEngine } from '../../system/trust/engine-resolve.js';
import { observeDaemon } from '../../system/dockerd/observe.js';
import { defineCommand, type Context, type Style } from '../../app/context/command.js';
import { countFindings, findingData, renderFindings } from '../text/findings-text.js';
import { knownRegistries } from '../../app/trust/list-trusted.js';
import { readDaemonTrust } from '../../app/trust/prove.js';

interface Verified {
  readonly registries: readonly { readonly registry: string; readonly ok: boolean }[];
  readonly findings: readonly Record<string, unknown>[];
}

export const command = defineCommand({
  summary: 'do what dockerd does before a pull, and say why it fails',
  args: [{ name: 'REGISTRY', describe: 'host, or host:port as in image names', many: true }],
  options: {
    all: { type: 'boolean', describe: 'every registry that is trusted on this machine' },
    deep: {
      type: 'boolean',
      describe: 'ask the running dockerd too, by a pull of an image that cannot exist',
    },
  },
  examples: ['trust verify registry.example.com:5000', 'trust verify --all'],
  run: async (context, { args, options }): Promise<Verified> => {
    const registries = await choose(context, { args, all: options.all });
    const trust = await readDaemonTrust(context);
    let count = 0;
    const verdicts = await verifyRegistries(context.host, registries, {
      trust,
      done: ({ registry }) => {
        count += 1;
        context.terminal.progress(`Asked ${count}: ${registry}`);
      },
    });
    const daemons = options.deep
      ? await askDaemon(context, harmless(registries, verdicts))
      : await proxies(context, registries);
    const findings = [...verdicts.flatMap((verdict) => verdict.findings), ...daemons];
    return {
      registries: verdicts.map(({ registry }) => ({
        registry,
        ok: !hasErrors(findings.filter(({ subject }) => subject === registry)),
      })),
      findings: findings.map(findingData),
    };
  },
  render: renderVerified,
  status: ({ registries }) => (registries.every(({ ok }) => ok) ? 0 : 1),
});

async function choose(
  context: Context,
  { args, all }: { readonly args: readonly string[]; readonly all: boolean },
): Promise<readonly RegistryAddress[]> {
  if (args.length > 0 && all) throw usage('REGISTRY and --all do not go together.');
  if (args.length > 0) return args.map(parseRegistry);
  if (all) return knownRegistries(context);
  throw usage('nothing says which registry to verify.');
}

function usage(message: string): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message,
    hint: 'dockerctl trust verify registry.example.com:5000, or dockerctl trust verify --all',
  });
}

/** Without those whose certificates would crash the dockerd that is made to ask them. */
function harmless(
  registries: readonly RegistryAddress[],
  verdicts: readonly RegistryVerdict[],
): RegistryAddress[] {
  const fatal = verdicts.filter(({ findings }) => endsDockerd(findings)).map((one) => one.registry);
  return registries.filter(({ name }) => !fatal.includes(name));
}

async function proxies(
  { host, options }: Context,
  registries: readonly RegistryAddress[],
): Promise<Finding[]> {
  const { info } = await observeDaemon(host, options);
  return registries.flatMap((registry) => proxyFinding(registry, info));
}

async function askDaemon(
  { host, options, terminal }: Context,
  registries: readonly RegistryAddress[],
): Promise<Finding[]> {
  const { endpoint, state } = await observeDaemon(host, options);
  if (endpoint === null || state !== 'running') {
    throw new DockerctlError({
      code: 'no-daemon',
      message: '--deep asks the running dockerd, and there is none.',
      hint: 'dockerctl daemon status',
    });
  }
  const found: Finding[] = [];
  for (const { name } of registries) {
    terminal.progress(`dockerd asks ${name}`);
    found.push(...(await askEngine({ host, endpoint }, name, options.timeoutMs)));
  }
  return found;
}

function renderVerified({ registries, findings }: Verified, style: Style): string {
  const list = findings as unknown as readonly Finding[];
  const fine = registries
    .filter(({ ok }) => ok)
    .map(({ registry }) => `${style.green('ok')} ${registry}`);
  const bad = registries
    .filter(({ ok }) => !ok)
    .map(({ registry }) => `${style.red('fails')} ${registry}`);
  const count = countFindings(list);
  const text = renderFindings(list, style);
  if (registries.length === 0)
    return 'No registry is trusted on this machine by its own certificates.';
  return [...fine, ...bad, ...(text === '' ? [] : [text]), ...(count === '' ? [] : [count])].join(
    '\n',
  );
}
