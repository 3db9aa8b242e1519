import { describe, expect, test } from '@jest/globals';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import type { DeclaredStatement } from '../../../../src/core/declaration/record.js';
import { authority, distrusted, trusted } from '../../../../src/core/declaration/statements.js';
import { contradictions } from '../../../../src/core/declaration/contradictions.js';

const NAME = 'reg.example';
const trust = (parts: Partial<Parameters<typeof trusted>[1]>): DeclaredStatement =>
  trusted(NAME, {
    ...{ ca: null, client: null, insecure: false, verify: true, to: ['docker'] },
    ...parts,
  });
const against = (text: string, statement: DeclaredStatement) =>
  contradictions(parseDeclaration([{ path: '/d.json5', text: `{ ${text} }` }]), [statement]);

const ONE = '-----BEGIN CERTIFICATE-----one';
const REGISTRY = `registries: { '${NAME}': { ca: { pem: '${ONE}' }, to: ['docker', 'podman'] } }`;

describe('what a command says of trust', () => {
  test.each([
    ['that nobody trusts it', REGISTRY, distrusted(NAME, null)],
    ['that podman does not', REGISTRY, distrusted(NAME, ['podman'])],
    ['another CA', REGISTRY, trust({ ca: 'two' })],
    ['no CA', `registries: { '${NAME}': { insecure: true } }`, trust({ ca: ONE })],
    ['no such CA of the system', `cas: { corp: { pem: 'one' } }`, authority('corp', null)],
  ])('%s goes against the declaration', (_, text, statement) => {
    expect(against(text, statement)).toMatchObject([{ path: statement.path }]);
  });

  test.each([
    ['one more consumer', REGISTRY, trust({ ca: ONE, to: ['containerd'] })],
    ['what is not declared', 'mirrors: []', distrusted(NAME, null)],
    ['a CA that is declared as a file', `cas: { corp: { file: '/x' } }`, authority('corp', ONE)],
  ])('%s does not', (_, text, statement) => {
    expect(against(text, statement)).toEqual([]);
  });
});
