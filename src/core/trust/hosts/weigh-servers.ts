import { hasErrors, type Finding } from '../../plan/finding.js';
import { bytesAt, fileAt, type Snapshot } from '../../plan/snapshot.js';
import { printable } from '../../text/printable.js';
import { shellWord } from '../../text/shell-word.js';
import { certificatesForGo } from '../material/certificates.js';
import type { AskedByFile, AskedServer } from './asked-servers.js';

/** Files that a hosts.toml names and its reader cannot load: one is enough to fail every pull (hosts.go, tlsConfigFromHost). */
export function missingFiles({ path, servers }: AskedByFile, snapshot: Snapshot): Finding[] {
  const missing = servers.flatMap(({ ca, client }) => [
    ...ca.filter((file) => certificatesForGo(bytesAt(snapshot, file)).length === 0),
    ...client.flat().filter((file) => fileAt(snapshot, file) === null),
  ]);
  return [...new Set(missing)].map((file) => ({
    code: 'registry-hosts-file',
    severity: 'error',
    subject: '',
    message: `it names ${printable(file)}, in which no certificate can be read: dockerd fails on that before it asks anybody`,
    hint: `put the file there, or take it out: \`$EDITOR ${shellWord(path)}\``,
  }));
}

/**
 * What is found of the servers of a hosts.toml, as of the one registry: the first that gets through is enough, and what stands
 * against those before it costs a try at every pull. `found` has a list for each server, in their order.
 */
export function weighServers(
  registry: string,
  { path, servers, several }: AskedByFile,
  found: readonly (readonly Finding[])[],
): Finding[] {
  const works = found.some((list, at) => servers[at]?.resolves === true && !hasErrors(list));
  const note: Finding = {
    code: 'registry-by-hosts-toml',
    severity: 'info',
    subject: registry,
    path,
    message: `dockerd asks ${servers.map(({ url }) => printable(url)).join(', ')}, as this file says${several ? '; mirrors and insecure-registries of daemon.json do not count for it' : ''}`,
    hint: 'dockerctl mirrors list',
  };
  const about = found.flatMap((list, at) =>
    list.map((finding) => ofServer(finding, { registry, path, server: servers[at], works })),
  );
  return [...about, note];
}

interface WeighedServer {
  readonly registry: string;
  readonly path: string;
  readonly server: AskedServer | undefined;
  readonly works: boolean;
}

function ofServer(finding: Finding, { registry, path, server, works }: WeighedServer): Finding {
  const place = { subject: registry, path };
  if (server === undefined || finding.code === 'registry-hosts-file')
    return { ...finding, ...place };
  const own = server.address.name === registry;
  const said = `${printable(server.url)}: ${finding.message}`;
  const passed = works && finding.severity === 'error';
  return {
    ...finding,
    ...place,
    severity: passed ? 'warning' : finding.severity,
    message: passed ? `dockerd goes on to the next of its servers after ${said}` : said,
    hint: own ? finding.hint : hintFor(finding, { registry, server }),
  };
}

const LACKS_CA = /^registry-(?:unknown-authority|authority-changed|intermediate-missing|proxy)/;

function hintFor(
  { code, hint }: Finding,
  { registry, server }: { registry: string; server: AskedServer },
) {
  if (LACKS_CA.test(code))
    return `dockerctl mirrors set --for ${shellWord(registry)} ${shellWord(server.url)} --ca FILE`;
  return /trust (?:add-registry|verify)|insecure add/.test(hint)
    ? `correct the servers of its hosts.toml, or take them back: \`dockerctl mirrors clear --for ${shellWord(registry)}\``
    : hint;
}
