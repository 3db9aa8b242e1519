import { insecureEntry } from '../../core/dockerd/options/insecure.js';
import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { normalizeMirrors } from '../../core/dockerd/options/mirrors.js';
import type { Dialled, DoctorFacts } from '../../core/doctor/facts.js';
import { hasErrors } from '../../core/plan/finding.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { isDockerctlError } from '../../errors.js';
import { testMirrors } from '../../system/trust/mirror-test.js';
import { verifyRegistries } from '../../system/trust/registry-trust.js';
import type { Context } from '../context/command.js';
import { knownRegistries, usedByDocker } from '../trust/list-trusted.js';
import { judgeRegistries, readDaemonTrust } from '../trust/prove.js';

/** Asks every registry and mirror that this machine knows, all at once. */
export async function dial(context: Context, { config }: DoctorFacts): Promise<Dialled> {
  if (config === null) return { registries: [], trustworthy: [], deadMirrors: [] };
  const { host, terminal } = context;
  const trust = await readDaemonTrust(context);
  const done = (one: { readonly registry?: string; readonly mirror?: string }) => {
    terminal.progress(`Asked ${one.registry ?? one.mirror ?? ''}`);
  };
  const mirrors = normalizeMirrors(stringsOf(config['registry-mirrors'])).filter((mirror) =>
    URL.canParse(mirror),
  );
  const insecure = stringsOf(config['insecure-registries']).flatMap(readInsecure);
  const known = (await knownRegistries(context)).filter(usedByDocker);
  const [verdicts, strict, tested] = await Promise.all([
    judgeRegistries(
      context,
      known.map(({ registry }) => registry),
    ),
    verifyRegistries(host, insecure, { trust: { ...trust, insecure: [] }, done }),
    testMirrors(host, mirrors, { trust, done }),
  ]);
  return {
    registries: verdicts
      .flatMap(({ findings }) => findings)
      .filter(({ code }) => code !== 'registry-not-proved'),
    trustworthy: strict
      .filter(({ findings }) => !hasErrors(findings))
      .map(({ registry }) => registry),
    deadMirrors: tested
      .filter(({ verdict }) => verdict === 'dead')
      .map(({ mirror, reason }) => ({ mirror, reason })),
  };
}

function readInsecure(entry: string): RegistryAddress[] {
  const { kind, value } = insecureEntry(entry);
  try {
    return kind === 'block' ? [] : [parseRegistry(value)];
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}
