import { beforeAll } from '@jest/globals';
import { MESSAGE_IDS } from '../../../src/core/agent/journal-fields.js';
import type { ReportName } from '../../../src/core/agent/report.js';
import { useMachine, type Machine } from './machine.js';

export const FILE = '/etc/docker/daemon.json';
export const DECLARATION = '/etc/dockerctl/dockerctl.json5';
export const MIRROR = 'https://mirror.example.com/';
/** What `keptMachine` declares, to the byte. */
export const GOOD = `{"registry-mirrors":["${MIRROR}"],"log-driver":"json-file"}\n`;
/** What somebody else would have there. */
export const OTHER = GOOD.replace('mirror.example', 'other.example');

/** File and dockerd have the declared mirror: a condition of bash. */
export const IS_BACK = `docker info -f "{{json .RegistryConfig.Mirrors}}" | grep -q mirror.example && grep -q mirror.example ${FILE}`;
/** No change is under way. */
export const IS_SETTLED = '! test -e /var/lib/dockerctl/journal.json';

/** Runs a condition inside the machine until it holds. */
export function until(machine: Machine, condition: string, seconds = 240): Promise<string> {
  return machine.sh(
    `timeout ${seconds} bash -c 'until ${condition}; do sleep 0.05; done' || { journalctl -u dockerctl -o cat -n 40; exit 1; } >&2`,
  );
}

/** How often the agent has told this. */
export async function countOf(machine: Machine, name: ReportName): Promise<number> {
  return Number(await machine.sh(`${journal(name)} | grep -c . || true`));
}

/** Waits until it has told this more often than `before`. */
export function untilTold(machine: Machine, name: ReportName, before: number): Promise<string> {
  return until(machine, `[ "$(${journal(name)} | grep -c .)" -gt ${before} ]`);
}

/** The fields of the last message of this kind. */
export async function lastTold(
  machine: Machine,
  name: ReportName,
): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await machine.sh(`${journal(name)} | tail -1`)) as Record<string, string>;
}

function journal(name: ReportName): string {
  return `journalctl -q -o json MESSAGE_ID=${MESSAGE_IDS[name]} DOCKERCTL_EVENT=${name}`;
}

/** Declares the mirror, with this policy and perhaps more. */
export function declare(machine: Machine, policy: string, more = ''): Promise<void> {
  return machine.write(
    DECLARATION,
    `{ config: '${FILE}', mirrors: ['${MIRROR}'], drift: { default: '${policy}' }, ${more} }`,
  );
}

/** A machine whose mirror the agent keeps, installed and watching. */
export function useKeptMachine(): Machine {
  const machine = useMachine();
  beforeAll(async () => {
    await machine.write(FILE, GOOD);
    await machine.sh('systemctl reload docker');
    await declare(machine, 'repair');
    const installed = await machine.dockerctl('service', 'install');
    if (installed.status !== 0) throw new Error(installed.stderr);
    await until(machine, 'test -s /var/lib/dockerctl/last-good.json');
  });
  return machine;
}
