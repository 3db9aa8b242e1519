import { describe, expect, test } from '@jest/globals';
import { contentOf } from '../../../../../../src/core/plan/content.js';
import { toPem } from '../../../../../../src/core/pki/keys/pem.js';
import {
  addToStore,
  readsStore,
  removeFromStore,
} from '../../../../../../src/core/trust/consumers/system/system.js';
import { after } from '../../../../../../src/core/trust/contributions/contribution.js';
import type { SnapshotEntry, Snapshot } from '../../../../../../src/core/plan/snapshot.js';
import { makeSigner } from '../../../../../support/authority.js';

const pemOf = async (name: string): Promise<string> => {
  const { certificate } = await makeSigner({ subject: [['CN', name]] });
  return toPem('CERTIFICATE', certificate.der);
};
const ca = await pemOf('Corporate Root');
const shipped = await pemOf('Shipped Root');

const file = (text: string): SnapshotEntry => ({
  kind: 'file',
  image: { content: contentOf(Buffer.from(text)), mode: 0o644, uid: 0, gid: 0 },
});

interface Layout {
  /** /etc/os-release as the distribution ships it, as far as names go. */
  readonly osRelease: string;
  readonly anchors: string;
  readonly ending: string;
  readonly bundle: string;
  readonly tool: string;
}

const DEBIAN = {
  anchors: '/usr/local/share/ca-certificates',
  ending: '.crt',
  bundle: '/etc/ssl/certs/ca-certificates.crt',
  tool: 'update-ca-certificates --fresh',
};
const ALPINE = { ...DEBIAN, tool: 'update-ca-certificates' };
const RED_HAT = {
  anchors: '/etc/pki/ca-trust/source/anchors',
  ending: '.pem',
  bundle: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  tool: 'update-ca-trust extract',
};
const SUSE = {
  anchors: '/etc/pki/trust/anchors',
  ending: '.pem',
  bundle: '/var/lib/ca-certificates/ca-bundle.pem',
  tool: 'update-ca-certificates',
};
const ARCH = {
  anchors: '/etc/ca-certificates/trust-source/anchors',
  ending: '.crt',
  bundle: '/etc/ca-certificates/extracted/tls-ca-bundle.pem',
  tool: 'update-ca-trust extract',
};

const LAYOUTS: readonly Layout[] = [
  { osRelease: 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n', ...DEBIAN },
  { osRelease: 'NAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n', ...DEBIAN },
  { osRelease: 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', ...DEBIAN },
  { osRelease: 'ID=raspbian\nID_LIKE=debian\n', ...DEBIAN },
  { osRelease: 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.3\n', ...ALPINE },
  { osRelease: "ID='alpine'", ...ALPINE },
  { osRelease: 'NAME="Gentoo"\nID="gentoo"\n', ...ALPINE },
  { osRelease: 'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=41\n', ...RED_HAT },
  { osRelease: 'NAME="Red Hat Enterprise Linux"\nID="rhel"\nID_LIKE="fedora"\n', ...RED_HAT },
  { osRelease: 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', ...RED_HAT },
  { osRelease: 'ID="almalinux"\nID_LIKE="rhel centos fedora"\n', ...RED_HAT },
  { osRelease: 'ID="ol"\nID_LIKE="fedora"\n', ...RED_HAT },
  { osRelease: 'NAME="Amazon Linux"\nID="amzn"\nID_LIKE="fedora"\n', ...RED_HAT },
  { osRelease: 'ID="centos"\nID_LIKE="rhel fedora"\n', ...RED_HAT },
  { osRelease: 'NAME="openSUSE Leap"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\n', ...SUSE },
  { osRelease: 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', ...SUSE },
  { osRelease: 'NAME="SLES"\nID="sles"\nID_LIKE="suse"\n', ...SUSE },
  { osRelease: 'NAME="Arch Linux"\nID=arch\n', ...ARCH },
  { osRelease: 'ID=manjaro\nID_LIKE=arch\n', ...ARCH },
  { osRelease: 'ID=endeavouros\nID_LIKE="arch"\n', ...ARCH },
];

describe.each(LAYOUTS)('the system of $osRelease', (layout) => {
  const { osRelease, anchors, ending, bundle, tool } = layout;
  const before: Snapshot = new Map([
    ['/etc/os-release', file(osRelease)],
    [anchors, { kind: 'folder', names: ['theirs.crt'] }],
    [bundle, file(`# bundle\n${shipped}`)],
  ]);

  test('is looked at where its CAs and its bundle are', () => {
    expect(readsStore(null, before)).toEqual(expect.arrayContaining([anchors, bundle]));
  });

  test('takes a CA, by its own tool, and a restart of dockerd', () => {
    const { changes, refresh, activation } = addToStore(before, { name: 'corporate', ca });
    expect(changes.map(({ path }) => path)).toEqual([
      expect.stringMatching(new RegExp(`^${anchors}/dockerctl-corporate-[0-9a-f]{8}\\${ending}$`)),
    ]);
    expect(refresh.map(({ argv }) => argv.join(' '))).toEqual([tool]);
    expect(activation.action).toBe('restart');
  });

  test('does nothing for what the bundle holds', () => {
    expect(addToStore(before, { name: 'corporate', ca: shipped }).changes).toEqual([]);
  });

  test('gives it back, and leaves what others put there', () => {
    const there = after(before, addToStore(before, { name: 'corporate', ca }).changes);
    const { changes, refresh } = removeFromStore(there, 'corporate');
    expect(changes).toMatchObject([{ after: null }]);
    expect(changes[0]?.path).toContain('/dockerctl-corporate-');
    expect(refresh.map(({ argv }) => argv.join(' '))).toEqual([tool]);
  });
});

test.each(['ID=nixos', 'ID=freebsd', ''])('a system that we do not know: %j', (osRelease) => {
  const snapshot = new Map([['/etc/os-release', file(osRelease)]]);
  expect(() => addToStore(snapshot, { name: 'x', ca })).toThrow(
    /in a way that dockerctl does not know/,
  );
});

/** Debian's ca-certificates-java: --fresh tells its hook what is there, never what went. */
test('a hook of the tool that would forget something runs before it, where it is here', () => {
  const sign = '/etc/ca-certificates/update.d/jks-keystore';
  const before: Snapshot = new Map([
    ['/etc/os-release', file('ID=debian\n')],
    [sign, file('')],
  ]);
  const { refresh } = addToStore(before, { name: 'corporate', ca });
  expect(refresh).toHaveLength(2);
  expect(refresh.at(-1)?.argv.join(' ')).toBe(DEBIAN.tool);
  expect(readsStore(null, before)).toContain(sign);
});
