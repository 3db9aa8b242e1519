import { ANY_REGISTRY } from '../../core/trust/hosts/any-registry.js';
import { insecureEntries } from '../../core/registry/insecure-list.js';
import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import { createPlan, type Plan, type Secrets } from '../../core/plan/plan.js';
import { joinPlans } from '../../core/plan/join-plans.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { normalizeMirror } from '../../core/dockerd/options/mirrors.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { DOCKER_HUB, isDockerHub } from '../../core/dockerd/options/docker-hub.js';
import type { ConsumerName, Machine } from '../../core/trust/contributions/consumer.js';
import type { Contribution } from '../../core/trust/contributions/contribution.js';
import { planContributions } from '../../core/trust/consumers/plan-trust.js';
import { readAuthorities } from '../../core/trust/material/authorities.js';
import { forMirrors, MIRROR_CONSUMERS } from '../../core/trust/mirrors/mirror-consumers.js';
import { type MirrorRequest } from '../../core/trust/mirrors/mirror-request.js';
import { DockerctlError } from '../../errors.js';
import { readGiven } from '../../system/files/operator-file.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { readAskedServers } from '../../system/trust/asked-servers.js';
import { containerdCerts } from '../../system/trust/own-trust.js';
import { recordsOf } from '../../system/trust/records.js';
import { applyChange } from '../change/apply-change.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';
import { readConsumers } from './observe-registry.js';

export interface WantedMirrors {
  /** What --for says. */
  readonly registry: string;
  /** None: they are taken back. */
  readonly urls: readonly string[];
  readonly ca: string | undefined;
  readonly to: readonly string[];
}

/** Those that it has now, as the first of the consumers here is told of them, without `gone` and with `added`. */
export async function changeMirrorsFor(
  context: Context,
  wanted: Omit<WantedMirrors, 'urls'>,
  {
    added = [],
    gone = [],
  }: { readonly added?: readonly string[]; readonly gone?: readonly string[] },
): Promise<Outcome> {
  const { observed } = await readDaemonJson(context);
  const { name } = mirroredRegistry(wanted.registry);
  const now = [observed.certsDir, containerdCerts(context.host)]
    .map((certsDir) => readAskedServers(context.host, certsDir, name))
    .find((asked) => asked?.several === true && !asked.path.includes('/_default/'));
  const known = (now?.servers.slice(0, -1) ?? []).map(({ url }) => url);
  const same = (one: string, other: string) => normalizeMirror(one) === normalizeMirror(other);
  const missing = gone.filter((url) => !known.some((one) => same(one, url)));
  for (const url of missing) context.terminal.note(`${url} was not a mirror of ${name}.`);
  const kept = known.filter((url) => !gone.some((one) => same(one, url)));
  const fresh = added.filter((url) => !known.some((one) => same(one, url)));
  return setMirrorsFor(context, { ...wanted, urls: [...kept, ...fresh] });
}

/** Mirrors of one registry, or of all (`_default`), for dockerd with images in containerd, containerd and podman. */
export async function setMirrorsFor(context: Context, wanted: WantedMirrors): Promise<Outcome> {
  const { host } = context;
  const { document, observed } = await readDaemonJson(context);
  const registry = mirroredRegistry(wanted.registry);
  const named = readConsumers(wanted.to);
  refuseOthers(named);
  const machine = forMirrors({
    ...{ certsDir: observed.certsDir, mirrors: [], chosen: named, records: recordsOf(host) },
  });
  const ca =
    wanted.ca === undefined
      ? null
      : readAuthorities(readGiven(host, wanted.ca), host.clock.now()).pem;
  const mirrors = wanted.urls.map((url) => ({ url, name: new URL(url).host }));
  const insecure = insecureEntries(document, observed);
  const request: MirrorRequest = { registry, machine, mirrors, ca, insecure };
  const store = imageStore(observed, configOf(document));
  const docker = readsHostsToml(store, observed.version);
  const title = `mirrors ${mirrors.length === 0 ? 'clear' : 'set'} --for ${registry.name} ${wanted.urls.join(' ')}`;
  const { plan, secrets, served } = planFor(context, request, { title: title.trim(), docker });
  if (!docker && mirrors.length > 0) {
    const why = whyNotDocker(store, observed.version);
    if (served.length === 0 || named?.includes('docker') === true) throw cannot(registry.name, why);
    return applyChange(
      context,
      { ...plan, notes: [`not for dockerd: ${why}`, ...plan.notes] },
      { secrets },
    );
  }
  return applyChange(context, plan, { secrets });
}

interface Ready {
  readonly plan: Plan;
  readonly secrets: Secrets;
  readonly served: readonly ConsumerName[];
}

function planFor(
  { host }: Context,
  request: MirrorRequest,
  { title, docker }: { readonly title: string; readonly docker: boolean },
): Ready {
  const signs = MIRROR_CONSUMERS.flatMap((one) => one.signs);
  const adds = request.mirrors.length > 0;
  const chosen = (seen: ReadonlyMap<string, unknown>) =>
    MIRROR_CONSUMERS.filter(({ name, signs: own }) =>
      request.machine.chosen === null
        ? own.some((path) => (seen.get(path) ?? null) !== null)
        : request.machine.chosen.includes(name),
    ).filter(({ name }) => name !== 'docker' || docker || !adds);
  const { snapshot: snapshot, secrets } = readSnapshot(host, (seen) => [
    ...signs,
    ...chosen(seen).flatMap((one) => one.reads(request, seen)),
  ]);
  const consumers = chosen(snapshot);
  const shares: readonly Contribution[] = consumers.map((one) =>
    adds ? one.add(request, snapshot) : one.remove(request, snapshot),
  );
  const served = consumers
    .filter((_, index) => (shares[index]?.changes.length ?? 0) > 0)
    .map(({ name }) => name);
  const notes = served.length === 0 ? [] : [`for ${served.join(', ')}; --to names others`];
  return {
    plan: joinPlans(createPlan(title, { notes }), planContributions(title, shares)),
    secrets,
    served,
  };
}

/** `docker.io` and `_default` are no registries that trust could be given to, and may have mirrors. */
export function mirroredRegistry(typed: string): RegistryAddress {
  const bare = typed.replace(/^https?:\/\//i, '').replace(/\/.*$/s, '');
  const special = isDockerHub(bare) ? DOCKER_HUB : bare === ANY_REGISTRY ? ANY_REGISTRY : null;
  return special === null
    ? parseRegistry(typed)
    : { name: special, host: special, port: null, notes: [] };
}

function refuseOthers(named: Machine['chosen']): void {
  const others = (named ?? []).filter((name) => MIRROR_CONSUMERS.every((one) => one.name !== name));
  if (others.length === 0) return;
  throw new DockerctlError({
    code: 'usage',
    message: `--to ${others.join(',')}: mirrors of a registry are written for docker, containerd and podman.`,
    hint: 'dockerctl mirrors set --for ghcr.io https://mirror.example.com --to docker,podman',
  });
}

function whyNotDocker(store: ReturnType<typeof imageStore>, version: string | null): string {
  if (store === null)
    return 'no dockerd runs here that could say where it keeps images, and only with images in containerd can it have such mirrors';
  return store === 'containerd'
    ? `engine ${version ?? ''} reads hosts.toml from 28.0 on`
    : 'it keeps its images in graph drivers, and knows mirrors for Docker Hub alone (moby#18818); with "features": {"containerd-snapshotter": true} and engine 28 or newer it could, but that hides the images and containers it has now';
}

function cannot(registry: string, why: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `dockerd cannot have mirrors for ${registry}: ${why}.`,
    hint: `for podman and containerd alone: \`dockerctl mirrors set --for ${registry} URL --to podman,containerd\``,
  });
}
