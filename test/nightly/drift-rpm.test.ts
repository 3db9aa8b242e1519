import { expect, test } from '@jest/globals';
import { declare, FILE, GOOD } from '../e2e/support/agent.js';
import { useMachine } from '../e2e/support/machine.js';

const SPEC = `Name: site-docker
Version: 1
Release: 1
Summary: how docker is set up here
License: none
BuildArch: noarch
%description
None.
%install
install -D -m 644 /srv/daemon.json %{buildroot}${FILE}
%files
${FILE}
`;

const machine = useMachine({ online: true });

test('a file of an rpm that is not as declared is told with the name of the package', async () => {
  await machine.sh(
    `apt-get -qq -o Acquire::Check-Valid-Until=false update
     DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends rpm >/dev/null 2>&1`,
  );
  await machine.write('/srv/daemon.json', GOOD.replace('mirror.', 'packaged.'));
  await machine.write('/srv/site-docker.spec', SPEC);
  await machine.sh(
    `rpmbuild --quiet -bb --define '_topdir /srv/rpm' --define '_rpmdir /srv' /srv/site-docker.spec
     install='rpm -i --nodeps /srv/noarch/site-docker-1-1.noarch.rpm'
     $install || $install --force-debian # which Debian 12 asks for, and Debian 13 does not know
     mv /var/lib/dpkg/info /var/lib/dpkg/elsewhere # a machine of rpm has none
     systemctl reload docker`,
  );
  await declare(machine, 'report');
  const drift = await machine.dockerctl('drift');
  expect(drift).toMatchObject({ status: 1 });
  expect(drift.stdout).toContain('; the file is of the package site-docker');
});
