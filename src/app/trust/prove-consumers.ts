import type { Finding } from '../../core/plan/finding.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import type { ConsumerName } from '../../core/trust/contributions/consumer.js';
import { KEY_STORES } from '../../core/trust/consumers/key-stores.js';
import {
  READ_BACK,
  unaskable,
  weighConsumer,
  type ConsumerProof,
} from '../../core/trust/proof/weigh-consumer.js';
import { doubtsTheAnswer } from '../../core/trust/diagnosis/weigh-word.js';
import { containerdCerts } from '../../system/trust/own-trust.js';
import { askContainerd, askPodman } from '../../system/trust/puller-word.js';
import { deadline } from '../../system/systemd/deadline.js';
import { tooLong } from '../context/look-deadline.js';
import { attempt, isDockerctlError } from '../../errors.js';
import type { Context } from '../context/command.js';
import type { KnownRegistry } from './list-trusted.js';
import { prove } from './prove.js';

export interface Proofs {
  readonly proofs: readonly ConsumerProof[];
  readonly findings: readonly Finding[];
}

const MOST_MS = 15_000;
/** dockerd reads the system's store, too. */
const DOCKERS: readonly ConsumerName[] = ['docker', 'system'];

/** Each consumer by itself: dockerd's trust says nothing of what podman or containerd would do. */
export async function proveConsumers(
  context: Context,
  registry: RegistryAddress,
  consumers: readonly ConsumerName[],
): Promise<Proofs> {
  const asked = consumers.some((name) => DOCKERS.includes(name));
  const [judged] = asked ? await prove(context, [registry]) : [];
  const doubt = doubtsTheAnswer(judged?.findings ?? []);
  const others = await Promise.all(
    consumers
      .filter((name) => name !== 'docker')
      .map((consumer) => askOne(context, { registry, consumer, doubt })),
  );
  const docker: ConsumerProof = {
    consumer: 'docker',
    proved: judged?.proved === true,
    by: 'dockerd',
  };
  return {
    proofs: [
      ...(docker.proved || consumers.includes('docker') ? [docker] : []),
      ...others.map(({ proof }) => proof),
    ],
    findings: [...(judged?.findings ?? []), ...others.flatMap(({ findings }) => findings)],
  };
}

/** What was written into them has been read back before, or the command has failed. */
const STORES: readonly ConsumerName[] = ['system', ...KEY_STORES];

interface ProofRequest {
  readonly registry: RegistryAddress;
  readonly consumer: ConsumerName;
  readonly doubt: boolean;
  /** Default: `--timeout`. */
  readonly timeoutMs?: number;
}

async function askOne(
  { host, options, terminal }: Context,
  { registry: { name: registry }, consumer, doubt, timeoutMs: given }: ProofRequest,
): Promise<ReturnType<typeof weighConsumer>> {
  const timeoutMs = Math.min(given ?? options.timeoutMs, MOST_MS);
  if (STORES.includes(consumer))
    return { proof: { consumer, proved: true, by: READ_BACK }, findings: [] };
  if (consumer !== 'podman' && consumer !== 'containerd')
    return weighConsumer({ registry, consumer, by: '' }, unaskable(consumer));
  terminal.progress(`${consumer} is made to ask ${registry}`);
  const certsDir = consumer === 'podman' ? null : attempt(() => containerdCerts(host));
  if (isDockerctlError(certsDir))
    return weighConsumer({ registry, consumer, by: '' }, { kind: 'none', why: certsDir.message });
  const { by, word } =
    certsDir === null
      ? await askPodman(host, registry, timeoutMs)
      : await askContainerd(host, { registry, certsDir }, timeoutMs);
  return weighConsumer({ registry, consumer, by, doubt }, word);
}

export type WeighedConsumer = Awaited<ReturnType<typeof askOne>> & { readonly registry: string };

const isPuller = (one: ConsumerName) => one === 'podman' || one === 'containerd';

/** podman's and containerd's own word on the registries that they were told of. Throws `timed-out`. */
export async function askConsumers(
  context: Context,
  known: readonly KnownRegistry[],
): Promise<WeighedConsumer[]> {
  const { host, options, commandLine } = context;
  const clock = deadline(host, options.timeoutMs);
  const asked: WeighedConsumer[] = [];
  const wanted = known.flatMap(({ registry, consumers }) =>
    consumers.filter(isPuller).map((consumer) => ({ registry, consumer })),
  );
  for (const { registry, consumer } of wanted) {
    const why = `${asked.length} of ${wanted.length} questions to podman and containerd were answered by then`;
    if (clock.isOver()) throw tooLong({ commandLine, limitMs: options.timeoutMs }, why);
    const request = { registry, consumer, doubt: false, timeoutMs: clock.left() };
    asked.push({ registry: registry.name, ...(await askOne(context, request)) });
  }
  return asked;
}
