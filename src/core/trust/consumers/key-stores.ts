import { DockerctlError } from '../../../errors.js';
import { fingerprintOf, sameFingerprint } from '../../plan/content.js';
import type { FileChange } from '../../plan/plan.js';
import type { Consumer } from '../contributions/consumer.js';
import type { KeyStoreName, Snapshot } from '../../plan/snapshot.js';
import { NOTHING, type Contribution } from '../contributions/contribution.js';

/** The stores of the JDKs and JREs here, by keytool. A running program has read its store and sees nothing of it. */
export const java = consumerOf('java', {
  missing: 'no Java here has a certificate store of its own that keytool could change',
  hint: 'where the system compiles the store for Java (Fedora, SUSE, Arch): --to system',
});

/** The databases of NSS (Chrome and other browsers, curl on some systems), by certutil. */
export const nss = consumerOf('nss', {
  missing: 'there is no NSS database in /etc/pki/nssdb or in the ~/.pki/nssdb of root or yours',
  hint: 'create one: `mkdir -p ~/.pki/nssdb && certutil -N -d sql:$HOME/.pki/nssdb --empty-password`',
});

export const KEY_STORES: readonly KeyStoreName[] = ['java', 'nss'];

interface Absence {
  readonly missing: string;
  readonly hint: string;
}

/**
 * What the store would be is worked out before, by its tool on a copy (src/system/trust/key-stores/key-stores.ts): the plan exchanges the
 * file, so that it can be shown, undone and survive a crash like every other file.
 */
function consumerOf(name: KeyStoreName, { missing, hint }: Absence): Consumer {
  return {
    name,
    signs: [],
    reads: () => [],
    add(_, snapshot) {
      if (!isHere(name, snapshot))
        throw new DockerctlError({
          code: 'not-found',
          message: `--to ${name}: ${missing}.`,
          hint,
        });
      return exchange(name, snapshot);
    },
    remove: (_, snapshot) => exchange(name, snapshot),
  };
}

function isHere(name: KeyStoreName, snapshot: Snapshot): boolean {
  return [...snapshot.values()].some((entry) => entry?.kind === 'store' && entry.consumer === name);
}

function exchange(name: KeyStoreName, snapshot: Snapshot): Contribution {
  const changes = [...snapshot].flatMap(([path, entry]): FileChange[] => {
    if (entry?.kind !== 'store' || entry.consumer !== name) return [];
    const { image: before, wanted: after } = entry;
    const same = sameFingerprint(fingerprintOf(before), fingerprintOf(after));
    return same ? [] : [{ path, before, after }];
  });
  return { ...NOTHING, changes, notes: changes.length === 0 ? [] : [later(name)] };
}

function later(name: KeyStoreName): string {
  return `programs that use ${name === 'java' ? 'Java' : 'NSS'} and run already see it when they are started again`;
}
