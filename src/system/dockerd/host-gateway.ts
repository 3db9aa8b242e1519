import { memberOf, type Json } from '../../core/formats/json/json-object.js';
import { HOST_GATEWAY_LOST } from '../../core/dockerd/activation/hazards.js';
import { engineOf, inRange } from '../../core/dockerd/options/keys/version.js';
import type { Engine } from './engine.js';
import { containerDetail, containerIds } from './engine-lists.js';

/** Asked one by one, and only on engines that have the defect. */
const MOST_ASKED = 500;
const ASKED_MS = 4_000;

/**
 * The containers, stopped ones too, that are made with `--add-host NAME:host-gateway`, where a reload of this engine keeps
 * them from starting; undefined of another, or where it does not answer.
 */
export async function hostGatewayUsers(
  engine: Engine,
  version: string | null,
): Promise<readonly string[] | undefined> {
  if (version === null || !inRange(engineOf(version), HOST_GATEWAY_LOST)) return undefined;
  const { clock } = engine.host;
  const ids = await containerIds(engine).catch(() => null);
  if (ids === null) return undefined;
  const until = clock.monotonic() + ASKED_MS;
  const users: string[] = [];
  for (const id of [...ids].slice(0, MOST_ASKED)) {
    if (clock.monotonic() > until) break;
    const detail = await containerDetail(engine, id).catch(() => null);
    if (detail !== null && usesIt(detail)) users.push(nameOf(detail));
  }
  return users.sort();
}

function usesIt(detail: Json): boolean {
  const hosts = memberOf(memberOf(detail, 'HostConfig'), 'ExtraHosts');
  return (
    Array.isArray(hosts) &&
    (hosts as readonly Json[]).some(
      (one) => typeof one === 'string' && /[:=]host-gateway$/.test(one),
    )
  );
}

function nameOf(detail: Json): string {
  const name = memberOf(detail, 'Name');
  return typeof name === 'string' ? name.replace(/^\//, '') : '';
}
