import type { Json } from '../../../../formats/json/json-object.js';
import { misspelt } from '../members/members.js';
import type { DecodedConfig, RuleProblem } from '../rule.js';

/** A pool without one of its two members, which may stand there under another name. */
export function lackingMember(
  { engine }: DecodedConfig,
  { pool, path }: { readonly pool: Json; readonly path: RuleProblem['path'] },
  name: string,
): RuleProblem {
  const wrong = misspelt(pool, { object: 'default-address-pools.*', engine }, [name]);
  return {
    code: 'bad-network',
    path: wrong === undefined ? path : [...path, wrong.name],
    message: `a pool has no ${name}`,
    hint:
      wrong === undefined
        ? `add ${name === 'base' ? '"base": "10.10.0.0/16"' : '"size": 24'}`
        : `write ${name}`,
  };
}
