import { HUB_INDEXES } from '../../options/docker-hub.js';
import { insecureEntry, insecureProblem } from '../../options/insecure.js';
import { redactAddress } from '../../../text/redact-urls.js';
import { stringsOf } from '../../options/meaning.js';
import { apiPathDoubt, mirrorDoubt, mirrorProblem } from '../../options/mirrors.js';
import { retiredMirror } from '../../options/retired-mirrors.js';
import { parseCidr } from '../../options/values/address.js';
import { inRange } from '../../options/keys/version.js';
import {
  counted,
  editPath,
  ENOUGH,
  fieldOf,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** insecure-registries and registry-mirrors; a reload checks them like a start (moby daemon/pkg/registry/config.go). */
export function checkRegistries(candidate: DecodedConfig): RuleProblem[] {
  return [...checkInsecure(candidate), ...checkMirrors(candidate), ...checkArtifacts(candidate)];
}

function checkInsecure({ config, engine }: DecodedConfig): RuleProblem[] {
  const isWorth = counted();
  return stringsOf(config.get('insecure-registries')).flatMap((entry, index): RuleProblem[] => {
    const path = ['insecure-registries', index];
    const problem = insecureProblem(entry, engine);
    if (problem !== null) {
      if (!isWorth('refused')) return [];
      return [
        {
          code: 'bad-insecure-registry',
          path,
          message: `dockerd refuses the insecure registry ${quote(redactAddress(entry))}: ${problem.reason}`,
          hint:
            problem.instead === undefined
              ? (problem.advice ?? 'write host:port')
              : `write ${quote(redactAddress(problem.instead))}`,
          ...(problem.instead !== undefined && {
            fix: { set: editPath(path), to: problem.instead },
          }),
        },
      ];
    }
    return doubtInsecure(entry, isWorth).map((doubt) => ({
      ...doubt,
      path,
      ...(doubt.code === 'insecure-registry-scheme' && {
        fix: { set: editPath(path), to: insecureEntry(entry).value },
      }),
    }));
  });
}

function doubtInsecure(
  entry: string,
  isWorth: (kind: string) => boolean,
): Omit<RuleProblem, 'path'>[] {
  // A block, and not of all there is.
  if ((parseCidr(entry)?.prefix ?? 0) > 0) return [];
  const { kind, value } = insecureEntry(entry);
  if (kind === 'block' && value.endsWith('/0')) {
    return [
      {
        code: 'insecure-everything',
        message: `${value} makes every registry insecure: no certificate is checked any more`,
        hint: 'name the registries, or trust their CA: `dockerctl trust add-registry REGISTRY --ca FILE`',
      },
    ];
  }
  if (HUB_INDEXES.includes(value)) {
    return [
      {
        code: 'insecure-docker-hub',
        message: `${value} is always secure to dockerd: the entry does nothing`,
        hint: `remove ${quote(redactAddress(entry))}`,
      },
    ];
  }
  if (value === entry || kind === 'block' || !isWorth('scheme')) return [];
  return [
    {
      code: 'insecure-registry-scheme',
      message: `dockerd takes ${quote(redactAddress(entry))} for ${redactAddress(value)}, with a warning in its log`,
      hint: `write ${quote(redactAddress(value))}`,
    },
  ];
}

function checkMirrors({ config, engine }: DecodedConfig): RuleProblem[] {
  const isWorth = counted();
  // Measured: 26.1 with both image stores, 28.5 with that of Docker alone; its other takes a path that ends in /v2 as it is.
  const isOther = fieldOf(config.get('features') ?? null, 'containerd-snapshotter') === true;
  const doubles = inRange(engine, isOther ? '..26' : '..28');
  const doubtOf = (mirror: string) =>
    mirrorDoubt(mirror) ?? (doubles ? apiPathDoubt(mirror) : null);
  let useless = 0;
  return stringsOf(config.get('registry-mirrors')).flatMap((mirror, index): RuleProblem[] => {
    const path = ['registry-mirrors', index];
    const problem = mirrorProblem(mirror, engine);
    // A doubt costs more to find than a refusal, and changes no verdict.
    const doubt = problem ?? (useless < ENOUGH ? doubtOf(mirror) : null);
    const retired = checkRetired(mirror, path);
    if (doubt === null || (problem === null && retired.length > 0)) return retired;
    if (problem === null) useless += 1;
    else if (!isWorth('refused')) return [];
    const correct =
      doubt.instead === undefined ? 'write https://host' : `write ${quote(doubt.instead)}`;
    // Correcting it would not make it answer.
    const hint = retired[0]?.hint ?? correct;
    const said = quote(mirror);
    return problem === null
      ? [
          {
            code: 'useless-mirror',
            path,
            message: `the mirror ${said} cannot answer: ${doubt.reason}`,
            hint,
            ...(doubt.instead !== undefined && {
              fix: { set: editPath(path), to: doubt.instead },
            }),
          },
        ]
      : [
          {
            code: 'bad-mirror',
            path,
            message: `dockerd refuses the mirror ${said}: ${doubt.reason}${retired.length > 0 ? ', and it is known to serve no more' : ''}`,
            hint,
            ...(doubt.isSure === true &&
              doubt.instead !== undefined && { fix: { set: editPath(path), to: doubt.instead } }),
          },
        ];
  });
}

function checkRetired(mirror: string, path: RuleProblem['path']): RuleProblem[] {
  const retired = retiredMirror(mirror);
  if (retired === null) return [];
  const { date, source, only } = retired;
  const what = only === undefined ? 'was shut down' : `serves ${only} alone`;
  return [
    {
      code: 'mirror-retired',
      path,
      message: `the mirror ${quote(mirror)} ${what} (${date}, ${source}): each pull waits for it first`,
      hint: `remove ${quote(mirror)}`,
    },
  ];
}

function checkArtifacts({ config, engine }: DecodedConfig): RuleProblem[] {
  if (!inRange(engine, '..27')) return [];
  return stringsOf(config.get('allow-nondistributable-artifacts')).flatMap(
    (entry, index): RuleProblem[] => {
      const problem = /^https?:\/\//i.test(entry)
        ? { reason: 'it has a scheme' }
        : insecureProblem(entry, engine);
      return problem === null
        ? []
        : [
            {
              code: 'bad-insecure-registry',
              path: ['allow-nondistributable-artifacts', index],
              message: `dockerd refuses ${quote(redactAddress(entry))}: ${problem.reason}`,
              hint: 'write host:port',
            },
          ];
    },
  );
}
