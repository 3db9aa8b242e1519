import { describe, expect, test } from '@jest/globals';
import { readHosts, writeHosts } from '../../../../../src/core/formats/toml/hosts-toml.js';

const read = (text: string) => readHosts('/etc/containerd/certs.d/r/hosts.toml', text);
const NOTHING = { ca: [], client: [], skipVerify: false, resolves: true };

/** containerd docs/hosts.md, and core/remotes/docker/config/hosts.go where it says less. */
describe('read', () => {
  test('keys at the top are those of the server', () => {
    expect(read('server = "https://r.test:5000"\nca = "/a.crt"\nskip_verify = true\n')).toEqual({
      hosts: [],
      server: {
        ...NOTHING,
        url: 'https://r.test:5000',
        name: 'r.test:5000',
        ca: ['/a.crt'],
        skipVerify: true,
      },
      top: { ...NOTHING, url: '', name: '', ca: ['/a.crt'], skipVerify: true },
    });
    expect(read('ca = "/a.crt"').server).toBeNull();
  });

  test('hosts, in their order; a name without a scheme is asked over https', () => {
    const { hosts } = read('[host."http://b.test"]\n[host."a.test:5000"]\n');
    expect(hosts.map(({ url, name }) => [url, name])).toEqual([
      ['http://b.test', 'b.test'],
      ['https://a.test:5000', 'a.test:5000'],
    ]);
  });

  test.each([
    ['client = "/p.pem"', [['/p.pem', '/p.pem']]],
    [
      'client = ["/a.pem", "/b.pem"]',
      [
        ['/a.pem', '/a.pem'],
        ['/b.pem', '/b.pem'],
      ],
    ],
    ['client = [["/c.cert", "/c.key"]]', [['/c.cert', '/c.key']]],
  ])('%s', (text, client) => {
    expect(read(text).top.client).toEqual(client);
  });

  test.each([
    ['capabilities = ["pull"]', false],
    ['capabilities = ["Resolve"]', true],
    ['capabilities = []', true],
    ['', true],
  ])('%s: it resolves %s', (text, resolves) => {
    expect(read(text).top.resolves).toBe(resolves);
  });

  test.each([
    'capabilities = ["fetch"]',
    'capabilities = "pull"',
    'ca = 5',
    'ca = ["/a", 5]',
    'client = [["a", "b", "c"]]',
    'client = 5',
    '[host."x"]\nca = 5',
    'server =',
  ])('the whole file is passed over for %s', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-config' }));
  });
});

describe('written', () => {
  const server = (url: string) => ({ url, ca: [], client: [], skipVerify: false });

  test('is read again as what it was meant to be', () => {
    const mirror = {
      ...{ url: 'https://m.test/"x"', ca: ['/a b.crt'], skipVerify: true },
      client: [['/c.cert', '/c.key']] as const,
    };
    const found = read(writeHosts(server('https://r.test'), [mirror]));
    expect(found.server).toMatchObject(server('https://r.test'));
    expect(found.hosts).toMatchObject([mirror]);
  });

  test('mirrors are for pulls alone; without a server there is none', () => {
    expect(writeHosts(null, [server('https://m.test')])).toBe(
      '# written by dockerctl\n\n[host."https://m.test"]\n  capabilities = ["pull", "resolve"]\n',
    );
  });
});
