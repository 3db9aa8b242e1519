import { parseVersion } from '../../src/core/dockerd/options/keys/version.js';
import type { HostFacts } from '../../src/core/dockerd/validate/host-facts.js';
import { validateConfig, type ConfigVerdict } from '../../src/core/dockerd/validate/validate.js';

/** What decides beside daemon.json. Default: 28.5.2 without flags, on a machine of which nothing is known. */
export interface Given {
  readonly engine?: string;
  /** Behind the name of the program. */
  readonly argv?: readonly string[];
  readonly host?: HostFacts;
}

/** `verdict` as `verdictOf` gives it. */
export type Row = readonly [config: unknown, given: Given, verdict: readonly string[]];

/** What is made of a daemon.json: a text as it is, anything else as JSON. */
export function judge(
  config: unknown,
  { engine = '28.5.2', argv = [], host = {} }: Given = {},
): ConfigVerdict {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const version = parseVersion(engine);
  if (version === null) throw new Error(`no version: ${engine}`);
  return validateConfig({
    bytes: Buffer.from(text),
    engine: version,
    argv: ['dockerd', ...argv],
    host,
  });
}

/** `severity code line:column` of every finding. */
export function saidAt(config: unknown, given?: Given): string[] {
  return judge(config, given).findings.map(
    ({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`,
  );
}

/** `code subject` of every finding. */
export function saidOf(config: unknown, given?: Given): string[] {
  return judge(config, given).findings.map(({ code, subject }) => `${code} ${subject}`);
}

/** What becomes of dockerd, then `severity code subject -> hint` of every finding. */
export function verdictOf(config: unknown, given?: Given): string[] {
  const verdict = judge(config, given);
  return [
    fateOf(verdict),
    ...verdict.findings.map(
      ({ severity, code, subject, hint }) => `${severity} ${code} ${subject} -> ${hint}`,
    ),
  ];
}

/** `works`, or what does not: a start, a reload of the dockerd that runs, a container. */
export function fateOf({ starts, reloads, containers }: ConfigVerdict): string {
  const fails = [
    ...(starts ? [] : ['no start']),
    ...(reloads ? [] : ['no reload']),
    ...(starts && !containers ? ['no container'] : []),
  ];
  return fails.length === 0 ? 'works' : fails.join(', ');
}

/** `key: what` of everything that the machine must have, and nobody could look for. */
export function neededBy(config: unknown, given?: Given): string[] {
  return judge(config, given).needs.map(({ key, what }) => `${key}: ${what}`);
}
