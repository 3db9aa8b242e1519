import { nearest } from '../../../../text/suggest.js';
import { FEATURES } from '../../../options/members.js';
import { isKnown, keyNamed } from '../../../options/keys/keys.js';
import {
  enginesIn,
  formatVersion,
  inRange,
  type EngineVersion,
} from '../../../options/keys/version.js';
import { letters, renameMember } from '../name-fixes.js';
import { ENOUGH, objectOf, quote, type DecodedConfig, type RuleProblem } from '../rule.js';

const KNOWN = new Map(FEATURES.map((feature) => [feature.name, feature]));

/** Features, of which dockerd takes every name and reads its own. */
export function checkFeatures(candidate: DecodedConfig): RuleProblem[] {
  const features = objectOf(candidate, 'features');
  const found: RuleProblem[] = [];
  for (const name in features) {
    if (found.length >= ENOUGH) break;
    const problem = judge(candidate, name);
    if (problem !== null) found.push(problem);
  }
  // Below ENOUGH others it stops a start all the same.
  if ('windows-dns-proxy' in features && inRange(candidate.engine, '26.1..27'))
    found.push({
      code: 'bad-value',
      path: ['features', 'windows-dns-proxy'],
      message: 'windows-dns-proxy is for Windows only',
      hint: 'remove it',
      stops: 'both',
    });
  return found;
}

function judge(candidate: DecodedConfig, name: string): RuleProblem | null {
  const { engine } = candidate;
  const feature = KNOWN.get(name);
  if (feature !== undefined && inRange(engine, feature.engines ?? '')) return null;
  if (name === 'windows-dns-proxy' && inRange(engine, '26.1..27')) return null;
  const meant = feature === undefined ? nearest(name, KNOWN.keys()) : undefined;
  const known = meant !== undefined && inRange(engine, KNOWN.get(meant)?.engines ?? '');
  return {
    code: 'unknown-feature',
    path: ['features', name],
    message:
      feature === undefined
        ? `dockerd knows no feature ${quote(name)} and ignores it`
        : `dockerd ${formatVersion(engine)} has no feature ${name} (${enginesIn(feature.engines ?? '')}) and ignores it`,
    ...(known ? respelt(candidate, name, meant) : { hint: withoutIt(name, engine) }),
  };
}

/** Another spelling of a feature that is not set yet. */
function respelt(
  candidate: DecodedConfig,
  name: string,
  meant: string,
): Pick<RuleProblem, 'hint' | 'fix'> {
  const isSame = letters(name) === letters(meant);
  return {
    hint: `write ${meant}`,
    ...(isSame && renameMember(candidate, ['features', name], meant)),
  };
}

function withoutIt(name: string, engine: EngineVersion): string {
  const key = keyNamed(name);
  return key !== undefined && isKnown(key, engine)
    ? 'put it beside "features": it is a key of its own'
    : `remove ${quote(name)}`;
}
