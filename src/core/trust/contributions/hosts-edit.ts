import { join } from 'node:path';
import { attempt, isDockerctlError } from '../../../errors.js';
import { readHosts } from '../../formats/toml/hosts-toml.js';
import {
  readToml,
  setToml,
  unsetToml,
  valueAt,
  type TomlSetting,
} from '../../formats/toml/toml-edit.js';
import type { FileChange } from '../../plan/plan.js';
import { textAt, type Snapshot } from '../../plan/snapshot.js';
import { CA_FILE, CERT_FILE, KEY_FILE } from './cert-folder.js';
import type { RegistryOnMachine, TrustRequest } from './consumer.js';
import { drop, put } from './contribution.js';

export const OURS = 'set by dockerctl';
const WHOLE = '# written by dockerctl';

/**
 * In a hosts.toml that is there already, for dockerd: the file speaks alone to its reader, and the certificates beside it count
 * where it names them. None where it asks other servers only.
 */
export function addToHosts(
  request: TrustRequest,
  { snapshot, folder }: { snapshot: Snapshot; folder: string },
): FileChange[] {
  const path = join(folder, 'hosts.toml');
  const text = textAt(snapshot, path) ?? '';
  const file = attempt(() => readHosts(path, text));
  if (text === '' || isDockerctlError(file)) return [];
  const { name } = request.registry;
  const own = [...file.hosts, file.server ?? { ...file.top, name }].find(
    (one) => one.name === name,
  );
  const named = own?.ca.some((ca) => ca === CA_FILE || ca === join(folder, CA_FILE)) === true;
  const closes =
    request.material.closes === true &&
    (own?.skipVerify === true || own?.url.startsWith('http:') === true);
  const complete = named && !closes && (request.material.client === null || own.client.length > 0);
  return own === undefined || complete ? [] : addHosts(request, { snapshot, folder });
}

/** A hosts.toml of our own is written whole; in one that is there, our keys are set and the rest is kept. */
export function addHosts(
  request: TrustRequest,
  { snapshot, folder }: { snapshot: Snapshot; folder: string },
): FileChange[] {
  const path = join(folder, 'hosts.toml');
  const text = textAt(snapshot, path);
  const { name } = request.registry;
  const whole = text === null || text === insecureHosts(name);
  if (request.material.insecure && whole) {
    return put(snapshot, path, { content: { text: insecureHosts(name) }, mode: 0o644 });
  }
  const settings = settingsOf(request, folder);
  const start = whole ? `server = "https://${name}"\n` : closed(path, text, request);
  const next = Object.entries(settings).reduce(
    (file, [key, setting]) =>
      setToml({ path, text: file }, [...tableFor(file, request), key], setting),
    start,
  );
  return put(snapshot, path, { content: { text: next }, mode: 0o644 });
}

function settingsOf(
  { material }: Pick<TrustRequest, 'material'>,
  folder: string,
): Record<string, TomlSetting> {
  const comment = OURS;
  return {
    ...(material.ca === null ? {} : { ca: { value: join(folder, CA_FILE), comment } }),
    ...(material.client === null
      ? {}
      : { client: { value: [[join(folder, CERT_FILE), join(folder, KEY_FILE)]], comment } }),
    ...(material.insecure ? { skip_verify: { value: true, comment } } : {}),
  };
}

/** https in place of http, and no `skip_verify`, for the registry itself; as it is where that is not wanted or would be no file. */
function closed(
  path: string,
  text: string,
  { registry: { name }, material }: TrustRequest,
): string {
  if (material.closes !== true) return text;
  const result = attempt(() => {
    // The whole name: another server's may begin with it.
    const https = ['"', '/'].reduce(
      (now, end) => now.replaceAll(`"http://${name}${end}`, `"https://${name}${end}`),
      text,
    );
    const top = /^server = "https:\/\/([^"/]+)/m.exec(https)?.[1] ?? name;
    const tables = [...(top === name ? [[]] : []), ['host', `https://${name}`]];
    return tables.reduce(
      (file, table) => unsetToml({ path, text: file }, [...table, 'skip_verify']),
      https,
    );
  });
  return isDockerctlError(result) ? text : result;
}

/** Keys at the top are those of `server`; a registry that is also listed as a host has its own (docs/hosts.md). */
function tableFor(text: string, { registry }: RegistryOnMachine): readonly string[] {
  const table = ['host', `https://${registry.name}`];
  return valueAt(readToml({ path: 'hosts.toml', text }), table) === undefined ? [] : table;
}

/** Our lines out of it; a file that holds nothing else goes. */
export function removeHosts(snapshot: Snapshot, folder: string): FileChange[] {
  const path = join(folder, 'hosts.toml');
  const text = textAt(snapshot, path);
  if (text === null) return [];
  if (WHOLE_HOSTS.test(text)) return drop(snapshot, path);
  const ours = (line: string) =>
    line.trimEnd().endsWith(`# ${OURS}`) || line.includes(join(folder, CA_FILE));
  const next = text
    .split('\n')
    .filter((line) => !ours(line))
    .join('\n');
  return /^server = "[^"]*"\n?$/.test(next)
    ? drop(snapshot, path)
    : put(snapshot, path, { content: { text: next }, mode: 0o644 });
}

/** As `insecureHosts` has it, whatever the registry. */
const WHOLE_HOSTS =
  /^# written by dockerctl\nserver = "https:[^"]*"\nskip_verify = true\n\n\[host\."http:[^"]*"\]\n  capabilities = \[[^\]]*\]\n$/;

/** skip_verify alone does not make containerd speak http: the http host is tried first, and https where that fails. */
function insecureHosts(name: string): string {
  return `${WHOLE}
server = "https://${name}"
skip_verify = true

[host."http://${name}"]
  capabilities = ["pull", "resolve", "push"]
`;
}
