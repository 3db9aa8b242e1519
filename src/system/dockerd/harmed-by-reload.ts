import { memberOf, type Json } from '../../core/formats/json/json-object.js';
import { HOST_GATEWAY_LOST, SHIM_RUNTIMES_LOST } from '../../core/dockerd/activation/hazards.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { engineOf, inRange } from '../../core/dockerd/options/keys/version.js';
import type { Engine } from './engine.js';
import { containerDetail, containerIds } from './engine-lists.js';

/** Asked one by one, and only on engines that have the defect. */
const MOST_ASKED = 500;
const ASKED_MS = 4_000;

type Harmed = Pick<ObservedDaemon, 'hostGatewayUsers' | 'shimRuntimeUsers'>;

/**
 * The containers, stopped ones too, that a reload of this engine keeps from starting: those with `--add-host NAME:host-gateway`,
 * those with a runtime of containerd's own. Empty of another engine, and where it does not answer.
 */
export async function harmedByReload(engine: Engine, version: string | null): Promise<Harmed> {
  if (version === null) return {};
  if (inRange(engineOf(version), HOST_GATEWAY_LOST)) {
    const users = await containersThat(engine, hasHostGateway);
    return users === undefined ? {} : { hostGatewayUsers: users };
  }
  if (inRange(engineOf(version), SHIM_RUNTIMES_LOST)) {
    const users = await containersThat(engine, hasShimRuntime);
    return users === undefined ? {} : { shimRuntimeUsers: users };
  }
  return {};
}

async function containersThat(
  engine: Engine,
  holds: (hostConfig: Json | undefined) => boolean,
): Promise<readonly string[] | undefined> {
  const { clock } = engine.host;
  const ids = await containerIds(engine).catch(() => null);
  if (ids === null) return undefined;
  const until = clock.monotonic() + ASKED_MS;
  const users: string[] = [];
  for (const id of [...ids].slice(0, MOST_ASKED)) {
    if (clock.monotonic() > until) break;
    const detail = await containerDetail(engine, id).catch(() => null);
    if (detail !== null && holds(memberOf(detail, 'HostConfig'))) users.push(nameOf(detail));
  }
  return users.sort();
}

function hasHostGateway(hostConfig: Json | undefined): boolean {
  const hosts = memberOf(hostConfig, 'ExtraHosts');
  return (
    Array.isArray(hosts) &&
    (hosts as readonly Json[]).some(
      (one) => typeof one === 'string' && /[:=]host-gateway$/.test(one),
    )
  );
}

function hasShimRuntime(hostConfig: Json | undefined): boolean {
  const runtime = memberOf(hostConfig, 'Runtime');
  return typeof runtime === 'string' && runtime.startsWith('io.containerd.');
}

function nameOf(detail: Json): string {
  const name = memberOf(detail, 'Name');
  return typeof name === 'string' ? name.replace(/^\//, '') : '';
}
