import { planTrusted } from '../../core/declaration/desired-trust.js';
import { pemOf, type Bundle } from '../../core/pki/authority/bundle.js';
import type { Plan, Secrets } from '../../core/plan/plan.js';
import { formatRegistry, parseRegistry } from '../../core/registry/address.js';
import { attempt, isDockerctlError } from '../../errors.js';
import { observe } from '../context/observe.js';
import { observeTrust } from '../../system/machine/situation.js';
import type { Context } from '../context/command.js';

interface TrustPlan {
  readonly plan: Plan;
  readonly secrets: Secrets;
}

/** The plan that lets the docker of this machine trust the authority for each name of the bundles (port 443). */
export async function planTrustHere(
  context: Context,
  bundles: readonly Bundle[],
): Promise<TrustPlan> {
  const named = bundles.flatMap(({ certificate, root }) =>
    certificate.names.filter(isHost).map(({ value }) => ({
      ca: { pem: pemOf(root) },
      address: attempt(() => parseRegistry(formatRegistry({ host: value, port: null }))),
    })),
  );
  const notes = named.flatMap(({ address }) =>
    isDockerctlError(address) ? [address.message] : address.notes,
  );
  const registries = Object.fromEntries(
    named.flatMap(({ address, ca }) => (isDockerctlError(address) ? [] : [[address.name, { ca }]])),
  );
  const declared = { registries, cas: {}, daemon: {}, mirrors: undefined };
  const trust = await observeTrust(context.host, declared, await observe(context));
  const plan = planTrusted(trust, context.commandLine, null);
  const first = Object.keys(registries)[0];
  const port =
    first === undefined || plan.changes.length === 0
      ? []
      : [
          `trusted for port 443, without a port in image names; with another, which is another registry to docker: dockerctl trust add-registry ${first}:5000`,
        ];
  return { plan: { ...plan, notes: [...notes, ...port, ...plan.notes] }, secrets: trust.secrets };
}

const isHost = ({ kind, value }: Bundle['certificate']['names'][number]): boolean =>
  (kind === 'dns' && !value.startsWith('*')) || kind === 'ip';
