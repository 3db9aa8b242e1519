import { ANY_REGISTRY } from '../../trust/hosts/any-registry.js';
import { DOCKER_HUB } from '../../dockerd/options/docker-hub.js';
import { join } from 'node:path';
import { parseRegistry } from '../../registry/address.js';
import type { Finding } from '../../plan/finding.js';
import { namesIn } from '../../plan/snapshot.js';
import { found, type DoctorFindingCode } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { renameFolder } from './certs-fix.js';
import { moveCommand } from '../../text/shell-word.js';
import { usedRegistries } from './used-registries.js';

/** What the name of a folder in certs.d says; both readers look for exactly what stands before the first / of an image. */
export function folderFindings(facts: DoctorFacts, name: string): Finding[] {
  if (name === DOCKER_HUB || name === ANY_REGISTRY || name.startsWith('.')) return [];
  const under = /^(.+)_(\d+)_$/.exec(name);
  if (under !== null) {
    const wanted = `${under[1] ?? ''}:${under[2] ?? ''}`;
    return misnamed(facts, {
      code: 'certs-folder-containerd-only',
      name,
      wanted,
      message: `containerd and builds read it; docker login reads ${wanted} alone.`,
    });
  }
  if (namesIn(facts.snapshot, join(facts.observed.certsDir, name)).length === 0) return [];
  const scheme = /^[a-z]+:$/i.test(name);
  const inside = scheme ? innermost(facts, join(facts.observed.certsDir, name)) : name;
  const good = registryIn(inside);
  if (scheme || good !== name) {
    return misnamed(facts, {
      code: 'certs-folder-name',
      name: scheme ? `${name}/${inside}` : name,
      wanted: good ?? '',
      message: scheme
        ? 'a registry is named without https://.'
        : 'this is no name of a registry: no reader looks here.',
    });
  }
  return withoutPort(facts, name);
}

function innermost({ snapshot }: DoctorFacts, folder: string): string {
  return namesIn(snapshot, folder)[0] ?? '';
}

/** null where nothing can be guessed. */
function registryIn(name: string): string | null {
  try {
    return parseRegistry(name).name;
  } catch {
    return null;
  }
}

function withoutPort(facts: DoctorFacts, name: string): Finding[] {
  if (/:\d+$/.test(name)) return [];
  const there = namesIn(facts.snapshot, facts.observed.certsDir);
  const used = usedRegistries(facts);
  const [meant, ...more] = used.filter(
    (registry) => registry.replace(/:\d+$/, '') === name && registry !== name,
  );
  if (meant === undefined || more.length > 0 || used.includes(name) || there.includes(meant))
    return [];
  return misnamed(facts, {
    code: 'certs-folder-port',
    name,
    wanted: meant,
    message: `the registry is used as ${meant}: the port is a part of its name.`,
  });
}

interface Misnamed {
  readonly code: DoctorFindingCode;
  /** Below certs.d. */
  readonly name: string;
  /** '' where nobody can know. */
  readonly wanted: string;
  readonly message: string;
}

function misnamed(
  { snapshot, observed }: DoctorFacts,
  { code, name, wanted, message }: Misnamed,
): Finding[] {
  const path = join(observed.certsDir, name);
  const target = join(observed.certsDir, wanted);
  const known = wanted !== '' && (snapshot.get(target) ?? null) === null;
  const fix = known ? renameFolder(snapshot, { code, from: path, to: target }) : null;
  return [
    found(code, {
      subject: name,
      path,
      message,
      hint: moveCommand(path, known ? target : `/root/${name.replaceAll('/', '_')}`),
      ...(fix === null ? {} : { fix }),
    }),
  ];
}
