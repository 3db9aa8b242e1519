import { type Json, type JsonObject, memberOf } from '../../formats/json/json-object.js';
import { redactText } from '../../text/redact.js';
import { printable } from '../../text/printable.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { sameMeaning } from '../options/meaning.js';
import { engineOf } from '../options/keys/version.js';
import { DockerctlError } from '../../../errors.js';
import { environmentValues, type EnvironmentValue } from './environment.js';

/**
 * Refuses what an operator asks of `key` where a variable of the unit has the last word: the storage driver, and a proxy that is
 * to be none (moby daemon/daemon.go, DOCKER_DRIVER; cmd/dockerd/daemon.go, configureProxyEnv).
 * @param after daemon.json as it is to be
 * @throws invalid-config, with the place of the variable
 */
export function refuseOverruled(
  { witnesses, version }: Pick<ObservedDaemon, 'witnesses' | 'version'>,
  key: string,
  after: JsonObject,
): void {
  const variables = new Map(
    [...witnesses.startEnvironment].map(([name, { value }]) => [name, value]),
  );
  const stays = environmentValues(variables, engineOf(version)).find(
    ({ path, value }) => path[0] === key && isOverruled(path, { value, wanted: after[key] }),
  );
  if (stays !== undefined) throw overruled(stays, witnesses.startEnvironment.get(stays.variable));
}

function isOverruled(
  [key, member]: EnvironmentValue['path'],
  { value, wanted }: { readonly value: Json; readonly wanted: Json | undefined },
): boolean {
  if (member !== undefined) return memberOf(wanted, member) === '';
  return key === 'storage-driver' && wanted !== undefined && !sameMeaning(key, wanted, value);
}

function overruled(
  { path, value, variable }: EnvironmentValue,
  given: { readonly source: string } | undefined,
): DockerctlError {
  const place = given === undefined ? 'the environment of the unit' : given.source;
  return new DockerctlError({
    code: 'invalid-config',
    message: `${path.join('.')} would stay ${printable(redactText(JSON.stringify(value)))}: ${variable} in ${place} has the last word over daemon.json`,
    hint: `take ${variable} out of ${place}, then the same command again; or write the file all the same, with \`--no-validate\``,
  });
}
