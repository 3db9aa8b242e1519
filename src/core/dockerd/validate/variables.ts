import { printable } from '../../text/printable.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { engineOf, inRange } from '../options/keys/version.js';
import { verdictOn } from './check-candidate.js';
import type { HostFacts } from './host-facts.js';

/** A variable of the unit with which dockerd does not start, whatever the file says. */
export interface VariableFault {
  readonly name: string;
  /** A path, or who gives it. */
  readonly source: string;
  readonly message: string;
}

/** The oldest API that a variable may name, and more than any release has (moby daemon/command, initializeAPIVersion). */
const API_VERSION = /^1\.(?:2[4-9]|[3-6]\d)$/;

/** The variables that can keep dockerd from starting. */
export const STOPPING = ['DOCKER_DRIVER', 'DOCKER_MIN_API_VERSION'];

/** The variables of the next start with which there is none (moby daemon/daemon.go, DOCKER_DRIVER; cmd/dockerd/daemon.go). */
export function variableFaults(observed: ObservedDaemon, host: HostFacts): VariableFault[] {
  const fault = (name: string, why: string, stops: (value: string) => boolean): VariableFault[] => {
    const { value, source } = observed.witnesses.startEnvironment.get(name) ?? NONE;
    const message = `${name}=${printable(value)}: ${why}, and dockerd does not start with it.`;
    return value === '' || !stops(value) ? [] : [{ name, source, message }];
  };
  const isOfApis = inRange(engineOf(observed.version), '25..');
  return [
    ...fault(
      'DOCKER_DRIVER',
      'this dockerd has no such driver here',
      (driver) => !isDriver(observed, host, driver),
    ),
    ...fault(
      'DOCKER_MIN_API_VERSION',
      'this dockerd has no such API version',
      (version) => isOfApis && !API_VERSION.test(version),
    ),
  ];
}

const NONE = { value: '', source: '' };

/** As if the file named it: the variable has the word before file and flag. */
function isDriver(observed: ObservedDaemon, host: HostFacts, driver: string): boolean {
  const bytes = Buffer.from(JSON.stringify({ 'storage-driver': driver }));
  const bare = { ...observed, startWords: observed.startWords.slice(0, 1), argv: [] };
  const { findings } = verdictOn(bytes, bare, host);
  return !findings.some(
    ({ severity, subject }) => severity === 'error' && subject === 'storage-driver',
  );
}
