import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { parseLogLine } from '../observed/log-line.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';
import { keyNamed } from '../options/keys/keys.js';

const SAYS = 'Reloaded configuration';

/**
 * The configuration in a line that dockerd writes after every reload (moby daemon/reload.go, cmd/dockerd/daemon.go): behind
 * the message until 27, in the field `config` since. Of what it reads at start only, it is what the process was started
 * with, whatever the file says by now. null for every other line.
 */
export function reportedConfig(line: string): JsonObject | null {
  const { message, config } = parseLogLine(line);
  if (!message.startsWith(SAYS)) return null;
  const text = config ?? message.slice(SAYS.length).replace(/^:\s*/, '');
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * What the line says of a key, in the form of the file; `undefined` is dockerd's own default. null where it is no witness:
 * it takes features from the file, prints `builder` with the names of Go, and loses addresses (28 and later, netip).
 */
export function reportedValue(
  reported: JsonObject,
  name: string,
  engine: EngineVersion,
): { readonly value: Json | undefined } | null {
  if (NO_WITNESS.some(([key, engines]) => key === name && inRange(engine, engines))) return null;
  const value = reported[name];
  if (name === 'default-address-pools') return { value: (value as JsonObject | undefined)?.Values };
  // Go leaves false out, which is a value where the default is true.
  if (value === undefined && keyNamed(name)?.default === true) return { value: false };
  return { value };
}

/** Keys that no line tells of in any engine, or not in the newer ones. */
export function isUnreported(name: string): boolean {
  return NO_WITNESS.some(([key]) => key === name);
}

const NO_WITNESS: readonly (readonly [string, string])[] = [
  ['features', ''],
  ['builder', ''],
  // The struct's tag is another name: see keys-containers.ts.
  ['containerd-plugins-namespace', ''],
  ['default-address-pools', '27..'],
  ['host-gateway-ip', '28..'],
  ['host-gateway-ips', ''],
  // It says the port that a reload has closed.
  ['network-diagnostic-port', ''],
  ['tlscacert', ''],
  ['tlscert', ''],
  ['tlskey', ''],
];
