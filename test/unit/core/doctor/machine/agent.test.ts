import { expect, test } from '@jest/globals';
import { agentFamily } from '../../../../../src/core/doctor/machine/agent.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(agentFamily.find(doctorFacts(machine)));
const installed = (ActiveState = 'active') => ({ 'dockerctl.service': { ActiveState } });

test('a declaration wants an agent', () => {
  expect(find({ facts: { declared: true } })).toEqual([
    'agent-not-installed dockerctl.service -> dockerctl service install',
  ]);
  expect(find({})).toEqual([]);
  // Without systemd there is no service to install.
  expect(find({ facts: { declared: true, units: new Map() } })).toEqual([]);
});

test.each([
  ['active', []],
  ['activating', []],
  ['failed', ['agent-down dockerctl.service -> systemctl restart dockerctl.service']],
  ['inactive', ['agent-down dockerctl.service -> systemctl restart dockerctl.service']],
])('one that is %s', (state, expected) => {
  expect(find({ units: installed(state) })).toEqual(expected);
});

test('one that runs may be old, paused, and fail at its work', () => {
  const agentTrouble = { what: 'look', since: 0, reason: 'no answer.' } as const;
  const pause = { by: 'ops', reason: 'move' };
  const machine = { units: installed(), facts: { agentOutdated: true, agentTrouble, pause } };
  expect(find(machine)).toEqual([
    'agent-outdated dockerctl.service -> systemctl restart dockerctl.service',
    'agent-failing dockerctl.service -> see what is adrift, and repair it by hand once the cause is gone: `dockerctl drift --repair`',
    'agent-paused dockerctl.service -> dockerctl resume',
  ]);
  expect(agentFamily.find(doctorFacts(machine))[1]?.message).toMatch(
    /^it cannot look at this machine since 1970-01-01.*: no answer\.$/,
  );
});
