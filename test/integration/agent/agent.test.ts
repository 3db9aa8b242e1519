import { describe, expect, test } from '@jest/globals';
import { startAgent } from '../../support/running-agent.js';

const FILE = '/etc/docker/daemon.json';
const DECLARATION = '/etc/dockerctl/dockerctl.json5';
const REPAIR = `mirrors: ['https://mirror.example.com/'], drift: { default: 'repair' }`;
const GOOD = '{"registry-mirrors":["https://mirror.example.com/"]}\n';
const OTHER = GOOD.replace('mirror.example', 'other.example');

/** An agent that has looked and found everything as declared. */
async function content(declared = REPAIR) {
  const agent = startAgent({ declared, daemonJson: GOOD });
  await agent.until(() => (agent.state()?.counters.lastScan ?? null) !== null);
  return agent;
}

describe('the agent', () => {
  test('repairs what somebody changes, and ends when it is told to', async () => {
    const agent = await content();
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved');
    expect(agent.read(FILE)).toBe(GOOD);
    expect(agent.told.map((line) => line.split(':')[0])).toEqual([
      'drift-detected',
      'apply-started',
      'apply-committed',
      'drift-resolved',
    ]);
    agent.signal('SIGTERM');
    await agent.ended;
  });

  test('says what it stands for: how much is adrift, and how much of that it leaves alone', async () => {
    const agent = await content(REPAIR.replace('repair', 'report'));
    expect(agent.state()?.status).toMatchObject({ adrift: 0, leftAlone: 0, refused: null });
    agent.write(FILE, OTHER);
    await agent.heard('drift-detected');
    await agent.until(() => agent.state()?.status.adrift === 1);
    expect(agent.read(FILE)).toBe(OTHER);
  });
});

test('a fight is not forgiven by a declaration that says the same of it, and is by resume', async () => {
  const agent = await content();
  const rival = setInterval(() => {
    agent.write(FILE, OTHER);
  }, 200);
  await agent.heard('fight-suspected');
  clearInterval(rival);
  const fights = () =>
    [...(agent.state()?.state.items.values() ?? [])].some(({ verdict }) => verdict !== null);
  agent.write(DECLARATION, `{ ${REPAIR}, agent: { scan: '4m' } }`);
  await agent.heard('declaration-read');
  expect(fights()).toBe(true);
  agent.write('/var/lib/dockerctl/pause.json', '{"reason":"resumed","by":"root","until":0}');
  await agent.until(() => !fights());
});

test('another agent.listen is in force at once, or it is said why not until it is', async () => {
  const asked: (string | null)[] = [];
  let busy = false;
  const agent = startAgent({
    declared: REPAIR,
    daemonJson: GOOD,
    listen: (address) => {
      asked.push(address);
      return busy ? Promise.reject(new Error('address already in use')) : Promise.resolve();
    },
  });
  await agent.until(() => (agent.state()?.counters.lastScan ?? null) !== null);
  agent.write(DECLARATION, `{ ${REPAIR}, agent: { listen: '127.0.0.1:9998' } }`);
  await agent.until(() => asked.length === 1);
  busy = true;
  agent.write(DECLARATION, `{ ${REPAIR}, agent: { listen: '127.0.0.1:9999' } }`);
  await agent.heard('declaration-refused: agent.listen is not in force: address already in use');
  await agent.until(() => agent.state()?.status.refused?.includes('agent.listen') === true);
  busy = false;
  agent.signal('SIGHUP');
  await agent.until(() => agent.state()?.status.refused === null);
  expect(asked).toEqual(['127.0.0.1:9998', '127.0.0.1:9999', '127.0.0.1:9999']);
});

describe('a declaration with an error', () => {
  test('is told of with its place, and the last good one stays in force', async () => {
    const agent = await content();
    agent.write(DECLARATION, '{\n  mirrors: [ }');
    await agent.heard('declaration-refused');
    expect(agent.told.join()).toMatch(/dockerctl\.json5:2:14 is not JSON5/);
    await agent.until(() => agent.state()?.status.refused?.includes('json5:2:14') === true);
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved');
    expect(agent.read(FILE)).toBe(GOOD);
    agent.write(DECLARATION, `{ ${REPAIR} }`);
    await agent.heard('declaration-read: it is in order again');
    await agent.until(() => agent.state()?.status.refused === null);
    expect(agent.told.filter((line) => line.startsWith('declaration-refused'))).toHaveLength(1);
  });

  test('that is gone a moment later was a file that somebody was saving', async () => {
    const agent = await content();
    agent.write(DECLARATION, '');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    agent.write(DECLARATION, `{ ${REPAIR.replace('mirror.example', 'new.example')} }`);
    await agent.heard('apply-committed');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(agent.told.filter((line) => line.startsWith('declaration-'))).toEqual([
      'declaration-read: another one is in force',
    ]);
  });

  test.each([
    ['emptied', ''],
    ['without anything declared', '{ agent: {} }'],
  ])('counts as one when it is %s: nobody wants an agent that manages nothing', async (_, text) => {
    const agent = await content();
    agent.write(DECLARATION, text);
    await agent.heard('declaration-refused');
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved');
  });

  test('that is repaired by another is in force at once', async () => {
    const agent = await content();
    agent.write(DECLARATION, `{ ${REPAIR.replace('mirror.example', 'new.example')} }`);
    await agent.heard('declaration-read: another one is in force');
    await agent.heard('apply-committed');
    expect(agent.read(FILE)).toContain('new.example');
  });
});
