import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { engineInfo, ping, reloadEvents } from '../../../../src/system/dockerd/engine.js';
import { runningContainers } from '../../../../src/system/dockerd/engine-lists.js';
import { fakeEngine } from '../../../support/fake-engine.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';

const absent = () => ({
  host: realHost(null),
  endpoint: { socketPath: `${temporaryFolder()}/none.sock` },
});

describe('ping', () => {
  test.each([
    ['OK', 'OK', true],
    ['another word', 'KO', false],
    ['an error', [503, 'OK'] as const, false],
  ])('with the answer %s', async (...[, answer, expected]) => {
    expect(await ping(await fakeEngine({ '/_ping': answer }))).toBe(expected);
  });

  test('is false when nobody listens, and when the connection breaks', async () => {
    expect(await ping(absent())).toBe(false);
    expect(await ping(await fakeEngine({ '/_ping': (response) => response.destroy() }))).toBe(
      false,
    );
  });
});

describe('engineInfo', () => {
  test('is the object that the engine answers', async () => {
    expect(await engineInfo(await fakeEngine({ '/info': '{"Debug":true}' }))).toEqual({
      Debug: true,
    });
  });

  test.each(['[]', 'null', '"x"', '{"cut', ''])('is null for the answer %j', async (answer) => {
    expect(await engineInfo(await fakeEngine({ '/info': answer }))).toBeNull();
  });

  test('is null where podman answers, as with the link that podman-docker puts there', async () => {
    const podman = (response: ServerResponse) =>
      response.setHeader('Libpod-Api-Version', '5.4.2').end('{"Debug":true}');
    expect(await engineInfo(await fakeEngine({ '/info': podman }))).toBeNull();
  });

  test('is null for an error and when nobody listens', async () => {
    expect(await engineInfo(await fakeEngine({ '/info': [500, '{}'] }))).toBeNull();
    expect(await engineInfo(absent())).toBeNull();
  });
});

describe('runningContainers', () => {
  const id = (digit: string) => digit.repeat(64);
  const detail = (digit: string, name: string, policy: string) =>
    JSON.stringify({
      Id: id(digit),
      Name: `/${name}`,
      State: { Running: true, Pid: 42, StartedAt: '2026-11-21T10:31:32.6Z' },
      HostConfig: { RestartPolicy: { Name: policy } },
    });

  test('asks for each container that runs, and sorts them by name', async () => {
    const engine = await fakeEngine({
      '/containers/json': JSON.stringify([{ Id: id('b') }, { Id: id('a') }]),
      [`/containers/${id('b')}/json`]: detail('b', 'web', 'always'),
      [`/containers/${id('a')}/json`]: detail('a', 'db', ''),
    });
    expect(await runningContainers(engine)).toEqual([
      {
        id: id('a'),
        name: 'db',
        pid: 42,
        startedAt: '2026-11-21T10:31:32.6Z',
        restartPolicy: 'no',
      },
      {
        id: id('b'),
        name: 'web',
        pid: 42,
        startedAt: '2026-11-21T10:31:32.6Z',
        restartPolicy: 'always',
      },
    ]);
  });

  test('leaves out what ended meanwhile and never asks for what is no container id', async () => {
    const engine = await fakeEngine({
      '/containers/json': JSON.stringify([{ Id: id('c') }, { Id: '../../info' }, 7, null]),
      [`/containers/${id('c')}/json`]: [404, '{"message":"No such container"}'],
    });
    expect(await runningContainers(engine)).toEqual([]);
    expect(engine.paths).toEqual(['/containers/json', `/containers/${id('c')}/json`]);
  });

  test('says what the engine said when it cannot list', async () => {
    const engine = await fakeEngine({ '/containers/json': [500, '{"message":"out of order"}'] });
    await expect(runningContainers(engine)).rejects.toThrow('500 out of order');
  });
});

describe('reloadEvents', () => {
  const event = (attributes: Record<string, unknown>) =>
    `${JSON.stringify({ Type: 'daemon', Action: 'reload', Actor: { ID: 'x', Attributes: attributes } })}\n`;

  test('gives the attributes of past and coming events, and ends with the engine', async () => {
    const engine = await fakeEngine({
      '/events': (response) => {
        response.write('{"Action":"other"}\nnot json\n');
        response.write(event({ debug: 'true', odd: 7 }));
        response.end(event({ debug: 'false' }));
      },
    });
    const seen = [];
    for await (const { attributes } of reloadEvents(
      engine,
      1_700_000_000_123,
      new AbortController().signal,
    ))
      seen.push(attributes);
    expect(seen).toEqual([{ debug: 'true' }, { debug: 'false' }]);
    const query = new URLSearchParams(engine.paths[0]?.split('?')[1]);
    expect(query.get('since')).toBe('1700000000.123');
    expect(JSON.parse(query.get('filters') ?? '')).toEqual({ type: ['daemon'], event: ['reload'] });
  });

  test('ends when it is aborted', async () => {
    const stop = new AbortController();
    const engine = await fakeEngine({
      '/events': (response) => response.write(event({ debug: 'true' })),
    });
    const seen = [];
    for await (const attributes of reloadEvents(engine, 0, stop.signal)) {
      seen.push(attributes);
      stop.abort();
    }
    expect(seen).toEqual([{ timeMs: null, engine: 'x', attributes: { debug: 'true' } }]);
  });
});

describe('an engine that answers too much', () => {
  const ids = Array.from({ length: 3_000 }, (_, i) => i.toString(16).padStart(64, '0'));

  test('with more than a megabyte to /info is none that we know', async () => {
    const info = `{"Debug":true,"x":"${'x'.repeat(1_100_000)}"}`;
    expect(await engineInfo(await fakeEngine({ '/info': info }))).toBeNull();
  });

  test('with 3,000 containers is asked about the first thousand; the others are listed', async () => {
    const list = ids.map((Id) => ({ Id, Names: [`/c${Id}`] }));
    const engine = await fakeEngine({ '/containers/json': JSON.stringify(list) });
    const containers = await runningContainers(engine);
    expect(engine.paths.length).toBeLessThanOrEqual(1_001);
    expect(containers.filter(({ id }) => id === ids[2_999])).toEqual([
      { id: ids[2_999], name: `c${ids[2_999]}`, pid: 0, startedAt: '', restartPolicy: 'no' },
    ]);
  });

  test('in a line of its events without an end is left', async () => {
    const engine = await fakeEngine({
      '/events': (response) => {
        response.write('x'.repeat(1_500_000));
      },
    });
    const read = async () => {
      for await (const event of reloadEvents(engine, 0, new AbortController().signal))
        throw new Error(JSON.stringify(event));
    };
    await expect(read()).rejects.toMatchObject({ code: 'EMSGSIZE' });
  });
});
