import type { Host } from '../../host/host.js';
import type { Unit } from './systemctl.js';

/** A message that the service itself wrote; systemd's own words about it are not among them. */
export interface ServiceMessage {
  readonly message: string;
  readonly invocation: string;
  readonly timeMs: number;
}

/** A place in the journal: the service's entries after it are new. null when there is no journal to ask. */
export async function journalCursor(host: Host, unit: Unit): Promise<string | null> {
  const output = await journalctl(host, unit, ['--lines=0', '--show-cursor']);
  return /^-- cursor: (\S+)$/m.exec(output)?.[1] ?? null;
}

/** What the service wrote since, oldest first; empty without a cursor. */
export async function entriesAfter(
  host: Host,
  unit: Unit,
  cursor: string | null,
): Promise<ServiceMessage[]> {
  if (cursor === null) return [];
  const output = await journalctl(host, unit, [`--after-cursor=${cursor}`, '--output=json']);
  return output.split('\n').flatMap((line) => journalEntry(line) ?? []);
}

/** The last `count` messages of the service, oldest first. */
export async function lastEntries(
  host: Host,
  unit: Unit,
  count: number,
): Promise<ServiceMessage[]> {
  const output = await journalctl(host, unit, [`--lines=${count}`, '--output=json']);
  return output.split('\n').flatMap((line) => journalEntry(line) ?? []);
}

/** The last message of one run of the service that has `text`; null where there is none, or none to be seen. */
export async function lastOfRun(
  host: Host,
  unit: Unit,
  { invocation, text }: { readonly invocation: string; readonly text: string },
): Promise<string | null> {
  const run = `_SYSTEMD_INVOCATION_ID=${invocation}`;
  const output = await journalctl(host, unit, [
    run,
    `--grep=${text}`,
    '--lines=1',
    '--output=json',
  ]);
  const entries = output.split('\n').flatMap((line) => journalEntry(line) ?? []);
  return entries.filter((entry) => entry.message.includes(text)).at(-1)?.message ?? null;
}

/** The last `count` messages and then new ones as they come, until `signal` aborts. */
export async function* followEntries(
  host: Host,
  unit: Unit,
  { count, signal }: { readonly count: number; readonly signal: AbortSignal },
): AsyncGenerator<ServiceMessage> {
  const follow = ['--follow', `--lines=${count}`, '--output=json'];
  for await (const line of host.exec.lines(['journalctl', ...selection(unit), ...follow], signal)) {
    const entry = journalEntry(line);
    if (entry !== null) yield entry;
  }
}

/** Whether this user sees only messages of his own, or none at all. */
export async function isJournalClosed({ exec, self }: Host, { user }: Unit): Promise<boolean> {
  if (user || self.uid === 0) return false;
  const { stderr } = await exec.run(['journalctl', '--no-pager', '--lines=0']);
  return /not seeing messages from other users|insufficient permissions/.test(stderr);
}

/** `_TRANSPORT=stdout` is what dockerd printed: systemd's executor speaks in the unit's name over another one. */
function selection({ unit, user }: Unit): string[] {
  const match = [`${user ? '_SYSTEMD_USER_UNIT' : '_SYSTEMD_UNIT'}=${unit}`, '_TRANSPORT=stdout'];
  return [...(user ? ['--user'] : []), '--quiet', '--no-pager', ...match];
}

async function journalctl(host: Host, unit: Unit, args: readonly string[]): Promise<string> {
  try {
    return (await host.exec.run(['journalctl', ...selection(unit), ...args])).stdout;
  } catch {
    return '';
  }
}

/** MESSAGE is a list of bytes where it is not plain text (systemd's Journal JSON Format). */
function journalEntry(line: string): ServiceMessage | null {
  if (!line.startsWith('{') || !line.trimEnd().endsWith('}')) return null;
  try {
    const fields = JSON.parse(line) as Readonly<Record<string, string | number[]>>;
    const message = fields.MESSAGE ?? '';
    return {
      message:
        typeof message === 'string' ? message : new TextDecoder().decode(Uint8Array.from(message)),
      invocation: String(fields._SYSTEMD_INVOCATION_ID ?? ''),
      timeMs: Number(fields.__REALTIME_TIMESTAMP ?? 0) / 1000,
    };
  } catch {
    return null;
  }
}
