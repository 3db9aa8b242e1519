import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { editedUnits } from '../../../../../src/core/doctor/engine/packaged-unit.js';
import { doctorFacts, PACKAGED_UNIT } from '../../../../support/doctor-facts.js';

test("a package's own unit that was edited in place is told, and what keeps the change", () => {
  const sums = (text: string) => ({
    '/var/lib/dpkg/info/docker.io.md5sums': `${'0'.repeat(32)}  usr/sbin/dockerd\n${createHash('md5').update(text).digest('hex')}  lib/systemd/system/docker.service\n`,
  });
  const unit = '[Service]\nExecStart=/usr/sbin/dockerd -H fd://\n';
  const said = (packaged: string) =>
    editedUnits(doctorFacts({ files: { [PACKAGED_UNIT]: unit, ...sums(packaged) } }));
  expect(said(unit)).toEqual([]);
  expect(said(`${unit}Restart=always\n`)).toMatchObject([
    {
      subject: 'docker.service',
      path: PACKAGED_UNIT,
      hint: `cp -n ${PACKAGED_UNIT} /etc/systemd/system/docker.service && systemctl daemon-reload`,
    },
  ]);
});
